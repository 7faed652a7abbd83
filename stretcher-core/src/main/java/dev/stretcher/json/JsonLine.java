package dev.stretcher.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.stretcher.text.Printable;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;

/** Writes a JSON object of texts, numbers and truths, as one line without an end of line. */
public final class JsonLine {
  private final StringWriter text = new StringWriter();
  private final JsonGenerator json;

  /** Creates an object without fields. */
  public JsonLine() {
    try {
      json = JsonFields.JSON.createGenerator(text);
      json.writeStartObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a text. */
  public JsonLine put(String name, String value) {
    try {
      json.writeStringField(name, value);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a text, if there is one. */
  public JsonLine put(String name, Optional<String> value) {
    return value.isPresent() ? put(name, value.get()) : this;
  }

  /** Adds a number. */
  public JsonLine put(String name, long value) {
    try {
      json.writeNumberField(name, value);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a truth. */
  public JsonLine put(String name, boolean value) {
    try {
      json.writeBooleanField(name, value);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Adds an array of objects.
   *
   * @param objects each is JSON
   */
  public JsonLine putObjects(String name, Iterable<String> objects) {
    try {
      json.writeArrayFieldStart(name);
      for (String object : objects) {
        json.writeRawValue(object);
      }
      json.writeEndArray();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the object and returns it; control characters in it are escaped. */
  @Override
  public String toString() {
    try {
      json.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Printable.json(text.getBuffer()).toString();
  }

  /** Ends the object and returns it; whatever is not ASCII is escaped. */
  public String toAscii() {
    StringBuilder ascii = new StringBuilder();
    for (char c : toString().toCharArray()) {
      ascii.append(c < 0x80 ? String.valueOf(c) : String.format(Locale.ROOT, "\\u%04x", (int) c));
    }
    return ascii.toString();
  }
}
