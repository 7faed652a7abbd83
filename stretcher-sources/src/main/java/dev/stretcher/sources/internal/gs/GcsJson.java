package dev.stretcher.sources.internal.gs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The texts and numbers of an answer, those of objects within it by {@code outer.inner}, and the
 * objects in its lists.
 */
final class GcsJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final Map<String, String> texts = new HashMap<>();
  private final List<GcsJson> items = new ArrayList<>();

  private GcsJson() {}

  /**
   * Reads an answer.
   *
   * @throws IOException if it is no JSON object
   */
  static GcsJson of(InputStream body) throws IOException {
    GcsJson answer = new GcsJson();
    try (JsonParser json = FACTORY.createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("the answer of Cloud Storage is no JSON object");
      }
      answer.read(json, "");
    }
    return answer;
  }

  /**
   * Returns what is to be known about an object.
   *
   * @param crc32c its checksum, in Base64
   * @param own our metadata
   */
  static String metadata(String contentType, String crc32c, Map<String, String> own)
      throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("contentType", contentType);
      json.writeStringField("crc32c", crc32c);
      json.writeObjectFieldStart("metadata");
      for (Map.Entry<String, String> each : own.entrySet()) {
        json.writeStringField(each.getKey(), each.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    return text.toString();
  }

  private void read(JsonParser json, String prefix) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = prefix + json.currentName();
      JsonToken token = json.nextToken();
      if (token == JsonToken.START_OBJECT) {
        read(json, name + ".");
      } else if (token == JsonToken.START_ARRAY) {
        readItems(json);
      } else {
        texts.put(name, json.getText());
      }
    }
  }

  private void readItems(JsonParser json) throws IOException {
    for (JsonToken token = json.nextToken();
        token != JsonToken.END_ARRAY;
        token = json.nextToken()) {
      if (token == JsonToken.START_OBJECT) {
        GcsJson item = new GcsJson();
        item.read(json, "");
        items.add(item);
      }
    }
  }

  Optional<String> get(String name) {
    return Optional.ofNullable(texts.get(name));
  }

  String require(String name) throws IOException {
    return get(name)
        .orElseThrow(() -> new IOException("the answer of Cloud Storage has no " + name));
  }

  List<GcsJson> items() {
    return items;
  }
}
