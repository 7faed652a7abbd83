package dev.stretcher.internal.rollout;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;

/**
 * The key {@code .lock} of a semaphore, as {@code consul lock -n} and Consul's client libraries
 * write it. Immutable.
 *
 * @param limit how many may hold it
 * @param holders the IDs of their leases
 */
record SlotLock(int limit, Set<String> holders) {
  /** Tells a semaphore from other keys. */
  static final long FLAGS = 0xe0f69a2baa414de0L;

  private static final JsonFactory JSON = new JsonFactory();

  SlotLock {
    holders = Set.copyOf(holders);
  }

  /**
   * Reads what {@link #json} has written.
   *
   * @throws IOException if the text is something else
   */
  static SlotLock parse(String text) throws IOException {
    int limit = 0;
    Set<String> holders = new TreeSet<>();
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("it is no JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken token = json.nextToken();
        if (name.equals("Limit") && token == JsonToken.VALUE_NUMBER_INT) {
          limit = json.getIntValue();
        } else if (name.equals("Holders") && token == JsonToken.START_OBJECT) {
          read(json, holders);
        } else {
          json.skipChildren();
        }
      }
    }
    return new SlotLock(limit, holders);
  }

  private static void read(JsonParser json, Set<String> holders) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      if (json.nextToken() == JsonToken.VALUE_TRUE) {
        holders.add(name);
      } else {
        json.skipChildren();
      }
    }
  }

  /** Returns the value of the key. */
  String json() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("Limit", limit);
      json.writeObjectFieldStart("Holders");
      for (String holder : new TreeSet<>(holders)) {
        json.writeBooleanField(holder, true);
      }
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
