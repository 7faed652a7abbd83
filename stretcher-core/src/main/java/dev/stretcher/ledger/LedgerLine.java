package dev.stretcher.ledger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.stretcher.text.Printable;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The form of a record in the file: a JSON object on a line. */
final class LedgerLine {
  /** An error may quote a manifest, and a line must stay one that is written at once. */
  private static final int LONGEST_ERROR = 1000;

  private static final String LOGICAL_TIME = "logical_time";

  private static final String OUTCOME = "outcome";
  private static final String PLACE = "place";
  private static final String BOOT_TIME = "boottime";
  private static final String ARRIVED_BOOT_TIME = "arrived_boottime";

  private static final JsonFactory JSON = new JsonFactory();

  private LedgerLine() {}

  static String of(LedgerRecord record) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("time", record.time().toString());
      json.writeStringField("arrived", record.arrived().toString());
      json.writeStringField(OUTCOME, record.outcome().label());
      json.writeStringField("deploy", record.deployId());
      write(json, "event", record.event());
      if (record.logicalTime() != 0) {
        json.writeNumberField(LOGICAL_TIME, record.logicalTime());
      }
      json.writeStringField("manifest", record.manifest());
      write(json, "digest", record.digest());
      write(json, BOOT_TIME, record.endedSinceBoot().map(BootTime::text));
      write(json, ARRIVED_BOOT_TIME, record.arrivedSinceBoot().map(BootTime::text));
      write(json, PLACE, record.place());
      write(json, "dest", record.dest());
      write(json, "error", record.error().map(LedgerLine::shortened));
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Printable.json(text.getBuffer()).toString();
  }

  private static void write(JsonGenerator json, String name, Optional<String> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeStringField(name, value.get());
    }
  }

  private static String shortened(String error) {
    return error.length() > LONGEST_ERROR ? error.substring(0, LONGEST_ERROR) + "..." : error;
  }

  /** Tells whether a line begins and ends as {@link #of} writes it, which costs next to nothing. */
  static boolean looksWhole(String line) {
    return line.startsWith("{\"time\":\"") && line.endsWith("\"}");
  }

  /** Tells whether there is a record, of this version or a later one. */
  static boolean isRecord(String line) {
    try {
      Map<String, String> fields = fields(line);
      if (isLabel(required(fields, OUTCOME))) {
        fields.put(OUTCOME, LedgerRecord.Outcome.FAILED.label());
      }
      return record(fields).isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  /** Later versions may know more ways to end. */
  private static boolean isLabel(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c == '_' || (c >= 'a' && c <= 'z'));
  }

  /** Returns the record on a line; empty if there is none, or one of an unknown outcome. */
  static Optional<LedgerRecord> parse(String line) {
    try {
      return record(fields(line));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<LedgerRecord> record(Map<String, String> fields) {
    try {
      return Optional.of(
          new LedgerRecord(
              Instant.parse(required(fields, "time")),
              Instant.parse(required(fields, "arrived")),
              required(fields, "deploy"),
              Optional.ofNullable(fields.get("event")),
              Long.parseLong(fields.getOrDefault(LOGICAL_TIME, "0")),
              required(fields, "manifest"),
              Optional.ofNullable(fields.get("digest")),
              Optional.ofNullable(fields.get("dest")),
              LedgerRecord.Outcome.valueOf(required(fields, OUTCOME).toUpperCase(Locale.ROOT)),
              Optional.ofNullable(fields.get("error")),
              Optional.ofNullable(fields.get(PLACE)),
              bootTime(fields, ARRIVED_BOOT_TIME),
              bootTime(fields, BOOT_TIME)));
    } catch (IOException | DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Lines of earlier versions have none. */
  private static Optional<BootTime> bootTime(Map<String, String> fields, String name) {
    return Optional.ofNullable(fields.get(name)).flatMap(BootTime::parse);
  }

  /** Fields of later versions are passed over. */
  private static Map<String, String> fields(String line) throws IOException {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser json = JSON.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not an object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken token = json.nextToken();
        if (token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT) {
          fields.put(name, json.getText());
        } else {
          json.skipChildren();
        }
      }
    }
    return fields;
  }

  private static String required(Map<String, String> fields, String name) throws IOException {
    String value = fields.get(name);
    if (value == null) {
      throw new IOException("there is no " + name);
    }
    return value;
  }
}
