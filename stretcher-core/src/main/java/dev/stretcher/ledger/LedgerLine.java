package dev.stretcher.ledger;

import dev.stretcher.json.JsonFields;
import dev.stretcher.json.JsonLine;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** The form of a record in the file: a JSON object on a line. */
final class LedgerLine {
  /** An error may quote a manifest, and a line must stay one that is written at once. */
  private static final int LONGEST_ERROR = 1000;

  private static final String LOGICAL_TIME = "logical_time";

  private static final String OUTCOME = "outcome";
  private static final String PLACE = "place";
  private static final String RELEASE = "release";
  private static final String PREVIOUS = "previous";
  private static final String ROLLED_BACK_TO = "rolled_back_to";
  private static final String BOOT_TIME = "boottime";
  private static final String ARRIVED_BOOT_TIME = "arrived_boottime";

  private LedgerLine() {}

  static String of(LedgerRecord record) {
    JsonLine line =
        new JsonLine()
            .put("time", record.time().toString())
            .put("arrived", record.arrived().toString())
            .put(OUTCOME, record.outcome().label())
            .put("deploy", record.deployId())
            .put("event", record.event());
    if (record.logicalTime() != 0) {
      line.put(LOGICAL_TIME, record.logicalTime());
    }
    return line.put("manifest", record.manifest())
        .put("digest", record.digest())
        .put(BOOT_TIME, record.endedSinceBoot().map(BootTime::text))
        .put(ARRIVED_BOOT_TIME, record.arrivedSinceBoot().map(BootTime::text))
        .put(PLACE, record.place())
        .put(RELEASE, record.releases().release())
        .put(PREVIOUS, record.releases().previous())
        .put(ROLLED_BACK_TO, record.releases().rolledBackTo())
        .put("dest", record.dest())
        .put("error", record.error().map(LedgerLine::shortened))
        .toString();
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
      JsonFields fields = JsonFields.parse(line);
      String outcome = fields.require(OUTCOME);
      return record(fields, isLabel(outcome) ? LedgerRecord.Outcome.FAILED.label() : outcome)
          .isPresent();
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
      JsonFields fields = JsonFields.parse(line);
      return record(fields, fields.require(OUTCOME));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<LedgerRecord> record(JsonFields fields, String outcome) {
    try {
      return Optional.of(
          new LedgerRecord(
              Instant.parse(fields.require("time")),
              Instant.parse(fields.require("arrived")),
              fields.require("deploy"),
              fields.get("event"),
              Long.parseLong(fields.get(LOGICAL_TIME).orElse("0")),
              fields.require("manifest"),
              fields.get("digest"),
              fields.get("dest"),
              LedgerRecord.Outcome.valueOf(outcome.toUpperCase(Locale.ROOT)),
              fields.get("error"),
              fields.get(PLACE),
              bootTime(fields, ARRIVED_BOOT_TIME),
              bootTime(fields, BOOT_TIME),
              new LedgerRecord.ReleaseChange(
                  fields.get(RELEASE), fields.get(PREVIOUS), fields.get(ROLLED_BACK_TO))));
    } catch (IOException | DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Lines of earlier versions have none. */
  private static Optional<BootTime> bootTime(JsonFields fields, String name) {
    return fields.get(name).flatMap(BootTime::parse);
  }
}
