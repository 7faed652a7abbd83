package dev.stretcher.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of a JSON object that are texts, whole numbers or truths. Others, which later versions
 * may have, are passed over. Immutable.
 */
public final class JsonFields {
  static final JsonFactory JSON = new JsonFactory();

  private final Map<String, String> fields;

  private JsonFields(Map<String, String> fields) {
    this.fields = fields;
  }

  /**
   * Reads an object.
   *
   * @throws IOException if the text is not one JSON object
   */
  public static JsonFields parse(String text) throws IOException {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not a JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken token = json.nextToken();
        if (token == JsonToken.VALUE_NUMBER_INT
            || token == JsonToken.VALUE_STRING
            || token.isBoolean()) {
          fields.put(name, json.getText());
        } else {
          json.skipChildren();
        }
      }
      if (json.nextToken() != null) {
        throw new IOException("something follows the JSON object");
      }
    } catch (JsonProcessingException e) {
      throw new IOException("not a JSON object" + place(e), e);
    }
    return new JsonFields(fields);
  }

  /** The message of the library speaks of its own settings. */
  private static String place(JsonProcessingException e) {
    return e.getLocation() == null
        ? ""
        : ", see line %s, column %s"
            .formatted(
                Integer.toString(e.getLocation().getLineNr()),
                Integer.toString(e.getLocation().getColumnNr()));
  }

  /** Returns a field. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  /**
   * Returns a field that must be there.
   *
   * @throws IOException if it is not
   */
  public String require(String name) throws IOException {
    return get(name).orElseThrow(() -> new IOException("there is no " + name));
  }

  /**
   * Returns a field that must be a whole number.
   *
   * @throws IOException if it is not
   */
  public long requireNumber(String name) throws IOException {
    String text = require(name);
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IOException(name + " is not a whole number", e);
    }
  }
}
