package dev.stretcher.cli.command;

import dev.stretcher.ledger.Ledger;
import dev.stretcher.ledger.LedgerRecord;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

/** Prints the ledger, a line for each deploy, the oldest first. */
final class History {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT);

  private final PrintStream out;
  private final PrintStream err;

  History(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Prints it; returns the exit status. */
  int print(Optional<Ledger> ledger) {
    if (ledger.isEmpty()) {
      err.println("stretcher: there is no ledger; name its directory by --state-dir");
      return 1;
    }
    Path directory = ledger.get().directory();
    try {
      Ledger speaking = ledger.get().warning(text -> err.println("Warning: " + text));
      List<LedgerRecord> records = speaking.records();
      records.forEach(record -> out.println(line(record)));
      return records.isEmpty() ? nothing(directory) : 0;
    } catch (IOException e) {
      err.println(
          "stretcher: the ledger in %s cannot be read: %s"
              .formatted(NativeText.text(directory), reason(e)));
      return 1;
    }
  }

  private int nothing(Path directory) {
    err.println("stretcher: no deploy that has ended is recorded in " + NativeText.text(directory));
    return 0;
  }

  private static String reason(IOException e) {
    return e instanceof AccessDeniedException
        ? "permission denied; ask as the user who deploys"
        : e instanceof FileSystemException f && f.getReason() != null
            ? f.getFile() + ": " + f.getReason()
            : String.valueOf(e.getMessage());
  }

  private static String line(LedgerRecord record) {
    StringJoiner line = new StringJoiner("  ");
    line.add(TIME.format(LocalDateTime.ofInstant(record.time(), ZoneId.systemDefault())));
    line.add("%-10s".formatted(record.outcome().label()));
    line.add(record.dest().orElse("-"));
    line.add(record.manifest());
    line.add(record.digest().map(digest -> "sha256:" + digest).orElse("-"));
    line.add(record.event().map(id -> "event " + id).orElse("-"));
    line.add("deploy " + record.deployId());
    record.error().ifPresent(error -> line.add("error: " + error));
    return line.toString().replaceAll("\\p{Cntrl}", "?");
  }
}
