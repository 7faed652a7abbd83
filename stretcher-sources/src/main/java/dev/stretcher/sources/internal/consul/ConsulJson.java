package dev.stretcher.sources.internal.consul;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of a JSON object, of which we know those that are texts, numbers and objects. Field
 * names are Consul's. Immutable.
 */
final class ConsulJson {
  static final JsonFactory FACTORY = new JsonFactory();

  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, ConsulJson> objects = new HashMap<>();
  private final Map<String, List<ConsulJson>> lists = new HashMap<>();

  private ConsulJson(JsonParser json) throws IOException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      JsonToken token = json.nextToken();
      if (token == JsonToken.START_OBJECT) {
        objects.put(name, new ConsulJson(json));
      } else if (token == JsonToken.START_ARRAY) {
        lists.put(name, elements(json));
      } else if (token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT) {
        texts.put(name, json.getText());
      }
    }
  }

  /**
   * Reads an array of objects.
   *
   * @throws IOException if it is something else
   */
  static List<ConsulJson> list(byte[] body) throws IOException {
    try (JsonParser json = FACTORY.createParser(body)) {
      require(json.nextToken() == JsonToken.START_ARRAY);
      return elements(json);
    }
  }

  /**
   * Reads an object.
   *
   * @throws IOException if it is something else
   */
  static ConsulJson object(byte[] body) throws IOException {
    try (JsonParser json = FACTORY.createParser(body)) {
      require(json.nextToken() == JsonToken.START_OBJECT);
      return new ConsulJson(json);
    }
  }

  private static void require(boolean expected) throws IOException {
    if (!expected) {
      throw new IOException("it is other JSON");
    }
  }

  /** Reads up to the end of an array; elements that are no objects are passed over. */
  private static List<ConsulJson> elements(JsonParser json) throws IOException {
    List<ConsulJson> elements = new ArrayList<>();
    for (JsonToken token = json.nextToken();
        token != JsonToken.END_ARRAY;
        token = json.nextToken()) {
      if (token == JsonToken.START_OBJECT) {
        elements.add(new ConsulJson(json));
      } else {
        require(token != null);
        json.skipChildren();
      }
    }
    return elements;
  }

  /** Returns a text, or a number as it is written. */
  Optional<String> text(String name) {
    return Optional.ofNullable(texts.get(name));
  }

  /**
   * Returns a text.
   *
   * @throws IOException if there is none
   */
  String require(String name) throws IOException {
    return text(name).orElseThrow(() -> new IOException("it has no " + name));
  }

  /**
   * Returns a number without a sign.
   *
   * @throws IOException if there is none
   */
  long number(String name) throws IOException {
    try {
      return Long.parseUnsignedLong(require(name));
    } catch (NumberFormatException e) {
      throw new IOException(name + " is no number", e);
    }
  }

  /** Returns an object in this one. */
  Optional<ConsulJson> object(String name) {
    return Optional.ofNullable(objects.get(name));
  }

  /** Returns the objects of an array. */
  List<ConsulJson> list(String name) {
    return lists.getOrDefault(name, List.of());
  }
}
