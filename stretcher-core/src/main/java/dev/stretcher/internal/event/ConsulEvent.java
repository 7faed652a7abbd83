package dev.stretcher.internal.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.MalformedEventException;
import dev.stretcher.text.Printable;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;

/**
 * An event as Consul writes it; fields that we do not need are left out.
 *
 * @param payload in base64
 * @param logicalTime unsigned
 */
record ConsulEvent(String id, String name, Optional<String> payload, long logicalTime) {
  /** Reads the object that {@code json} is at the start of. */
  static ConsulEvent read(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw ConsulEvents.notEvents("an element is not an object");
    }
    String id = "";
    String name = "";
    Optional<String> payload = Optional.empty();
    long logicalTime = 0;
    boolean isEvent = false;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "ID" -> id = text(json, field).orElse("");
        case "Name" -> name = text(json, field).orElse("");
        case "Payload" -> payload = text(json, field);
        case "LTime" -> logicalTime = number(json);
        default -> json.skipChildren();
      }
      isEvent |= field.equals("ID") || field.equals("Payload");
    }
    if (!isEvent) {
      throw ConsulEvents.notEvents("an element has neither ID nor Payload");
    }
    return new ConsulEvent(id, name, payload, logicalTime);
  }

  private static Optional<String> text(JsonParser json, String field) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return Optional.empty();
    }
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw ConsulEvents.notEvents("the " + field + " of an element is not a string");
    }
    return Optional.of(json.getText());
  }

  // Only for the log, so that anything else than a number is no reason to fail.
  private static long number(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      return json.getBigIntegerValue().longValue();
    }
    json.skipChildren();
    return 0;
  }

  void requireLength(Options limits) throws MalformedEventException {
    if (payload.orElse("").length() > limits.get(Settings.MAX_EVENT)) {
      throw new MalformedEventException(
          "the payload of an event has %s".formatted(limits.exceeded(Settings.MAX_EVENT)));
    }
  }

  DeployRequest request() throws MalformedEventException {
    String where = "event ID " + Printable.of(id);
    String url = EventLine.utf8(decoded(where), "the payload of " + where);
    return new DeployRequest(
        StdinEventSource.url(url, where), new DeployRequest.Consul(id, name, logicalTime));
  }

  private byte[] decoded(String where) throws MalformedEventException {
    try {
      // Go, whose decoder the original uses, passes over line ends.
      return Base64.getDecoder().decode(payload.orElse("").replaceAll("[\r\n]", ""));
    } catch (IllegalArgumentException e) {
      throw new MalformedEventException(
          "the payload of "
              + where
              + " is not base64; expected the URL of a manifest as Consul encodes it; fire the"
              + " event by 'consul event'");
    }
  }
}
