package dev.stretcher.sources.internal.consul;

import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.MalformedEventException;
import dev.stretcher.text.LenientUri;
import dev.stretcher.text.Printable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A user event. Immutable.
 *
 * @param id a UUID
 * @param payload in base64; empty if it has none
 * @param logicalTime unsigned
 */
record ConsulEvent(String id, String name, String payload, long logicalTime) {
  /**
   * Reads the events of one name, in the order in which they came.
   *
   * @throws IOException if these are not events
   */
  static List<ConsulEvent> list(byte[] body, String name) throws IOException {
    List<ConsulEvent> events = new ArrayList<>();
    for (ConsulJson each : ConsulJson.list(body)) {
      events.add(
          new ConsulEvent(
              each.require("ID"), name, each.text("Payload").orElse(""), each.number("LTime")));
    }
    return events;
  }

  /**
   * Returns the deploy that it asks for.
   *
   * @throws MalformedEventException if it asks for none
   */
  DeployRequest request() throws MalformedEventException {
    String where = "the payload of event ID " + Printable.of(id);
    String url = text(where).strip();
    if (url.isEmpty()) {
      throw new MalformedEventException(
          where + " is empty; expected the URL of a manifest, like https://host/app.yml");
    }
    try {
      return new DeployRequest(
          LenientUri.parse(url), new DeployRequest.Consul(id, name, logicalTime));
    } catch (IllegalArgumentException e) {
      throw new MalformedEventException("in " + where + ": " + e.getMessage());
    }
  }

  private String text(String where) throws MalformedEventException {
    try {
      byte[] bytes = Base64.getDecoder().decode(payload);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException | IllegalArgumentException e) {
      throw new MalformedEventException(
          where + " is not UTF-8 text; expected the URL of a manifest, like https://host/app.yml");
    }
  }
}
