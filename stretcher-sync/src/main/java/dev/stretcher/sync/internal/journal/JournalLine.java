package dev.stretcher.sync.internal.journal;

import dev.stretcher.json.JsonFields;
import dev.stretcher.json.JsonLine;
import dev.stretcher.manifest.Digest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** The form of an entry in the file: a JSON object on a line. */
final class JournalLine {
  static final int VERSION = 1;

  private static final String VERSION_FIELD = "v";
  private static final String PROVEN = "proven";
  private static final String SWITCH = "switch";

  private JournalLine() {}

  /** A line that a later version has written. */
  static final class FromTheFuture extends IOException {
    private static final long serialVersionUID = 1L;
  }

  static String of(JournalEntry entry) {
    JsonLine line =
        new JsonLine()
            .put(VERSION_FIELD, VERSION)
            .put("id", entry.id())
            .put("state", entry.mark().label())
            .put("at", entry.at().toString());
    if (entry.proven()) {
      line.put(PROVEN, true);
    }
    line.put(SWITCH, entry.switched().map(JournalEntry.Switch::label));
    entry.origin().ifPresent(origin -> write(line, origin));
    return line.toAscii();
  }

  private static void write(JsonLine line, JournalEntry.Origin origin) {
    line.put("made", origin.made().toString())
        .put("manifest", origin.manifest())
        .put("manifestDigest", origin.manifestDigest())
        .put("archive", origin.archive())
        .put("rules", origin.rules());
  }

  /**
   * Returns the entry on a line; empty if there is none.
   *
   * @throws FromTheFuture if its version is a later one
   */
  static Optional<JournalEntry> parse(String line) throws FromTheFuture {
    JsonFields fields;
    try {
      fields = JsonFields.parse(line);
    } catch (IOException e) {
      return Optional.empty();
    }
    try {
      if (Integer.parseInt(fields.get(VERSION_FIELD).orElse("")) > VERSION) {
        throw new FromTheFuture();
      }
      return entry(fields);
    } catch (DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<JournalEntry> entry(JsonFields fields) {
    String id = fields.get("id").orElse("");
    Optional<Mark> mark = Mark.parse(fields.get("state").orElse(""));
    if (!ReleaseId.isOne(id) || mark.isEmpty()) {
      return Optional.empty();
    }
    Instant at = Instant.parse(fields.get("at").orElse(""));
    boolean proven = mark.get() == Mark.GOOD || fields.get(PROVEN).equals(Optional.of("true"));
    Optional<JournalEntry.Switch> switched =
        JournalEntry.Switch.parse(fields.get(SWITCH).orElse(""));
    return Optional.of(new JournalEntry(id, mark.get(), at, origin(fields), proven, switched));
  }

  private static Optional<JournalEntry.Origin> origin(JsonFields fields) {
    Optional<String> made = fields.get("made");
    if (made.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new JournalEntry.Origin(
            Instant.parse(made.get()),
            fields.get("manifest").orElse(""),
            fields.get("manifestDigest").orElse(""),
            fields.get("archive").map(JournalLine::digest),
            fields.get("rules").orElse("")));
  }

  /** Refuses what is none, by an exception of its own. */
  private static String digest(String text) {
    return Digest.parse(text).toString();
  }
}
