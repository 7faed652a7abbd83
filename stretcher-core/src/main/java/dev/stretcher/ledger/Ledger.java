package dev.stretcher.ledger;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.stretcher.process.Interrupts;
import dev.stretcher.text.NativeText;
import dev.stretcher.trust.PrivateFile;
import dev.stretcher.trust.ProcessLock;
import dev.stretcher.trust.TrustedPath;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The deploys of a host, in a file {@code ledger.jsonl} with one JSON object on each line, and the
 * dests that they have made, in a directory {@code dests} with a file for each.
 *
 * <p>It stays small: of more than 128 KiB, some 300 deploys, the newer half is kept. If a line is
 * not a record, such as half a line after a power failure, the whole file is copied into {@code
 * ledger.damaged.jsonl}, and only the records are kept. Thread-safe, and safe across processes.
 */
public final class Ledger {
  private final Path directory;
  private final ProcessLock lock;
  private final LedgerFile file;

  private Ledger(Path directory, Consumer<String> warnings) {
    this.directory = directory;
    this.lock = new ProcessLock(directory.resolve("ledger.lock"));
    this.file = new LedgerFile(directory, warnings);
  }

  /** Returns the ledger in a directory, which need not exist. */
  public static Ledger in(Path directory) {
    return new Ledger(directory.toAbsolutePath(), text -> {});
  }

  /** Returns this ledger with a consumer for warnings about its file. */
  public Ledger warning(Consumer<String> taker) {
    return new Ledger(directory, taker);
  }

  /** Returns the directory. */
  public Path directory() {
    return directory;
  }

  /**
   * Returns all records, the oldest first.
   *
   * @throws IOException if they cannot be read
   */
  public List<LedgerRecord> records() throws IOException {
    return lines(LedgerLine::isRecord).stream()
        .map(LedgerLine::parse)
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * Returns the same, and changes nothing: no lock is taken or made, and a damaged file stays where
   * it is.
   *
   * @throws IOException if the file cannot be read
   */
  public Contents contents() throws IOException {
    requireDirectory();
    return file.contents();
  }

  /**
   * What the file of a ledger has.
   *
   * @param records all that can be read, the oldest first
   * @param damage what else is there, which the next deploy sets aside
   */
  public record Contents(List<LedgerRecord> records, Optional<String> damage) {
    /** Copies the list. */
    public Contents {
      records = List.copyOf(records);
    }
  }

  /**
   * Returns the last record of an event, by its ID; that of a cancelled deploy does not count.
   *
   * @throws IOException if the file cannot be read
   */
  public Optional<LedgerRecord> last(String event) throws IOException {
    String written = asciiAsWritten(event);
    return newestFirst().stream()
        // Text is looked at first: to parse all lines takes as long as a small deploy.
        .filter(line -> line.contains(written))
        .map(LedgerLine::parse)
        .flatMap(Optional::stream)
        .filter(record -> record.event().equals(Optional.of(event)))
        .filter(record -> record.outcome() != LedgerRecord.Outcome.CANCELLED)
        .findFirst();
  }

  /**
   * Returns the first part of an ID as it is written in a line. What is not ASCII, a line has as it
   * is or escaped, depending on the version that wrote it.
   */
  private static String asciiAsWritten(String event) {
    int end = 0;
    while (end < event.length() && event.charAt(end) >= ' ' && event.charAt(end) <= '~') {
      end++;
    }
    return new String(JsonStringEncoder.getInstance().quoteAsString(event.substring(0, end)));
  }

  /**
   * Returns the records from the newest one back to the first one that is not wanted. The caller
   * must not judge by their times alone, since the clock may have been set meanwhile.
   *
   * @param wanted is asked for each record until it says no
   * @throws IOException if the file cannot be read
   */
  public List<LedgerRecord> newestWhile(Predicate<LedgerRecord> wanted) throws IOException {
    return newestFirst().stream()
        .map(LedgerLine::parse)
        .flatMap(Optional::stream)
        .takeWhile(wanted)
        .toList();
  }

  /**
   * Returns what differs from one moment to another if records were added meanwhile. It costs
   * little: nothing is read.
   *
   * @return empty if there is no file yet, or it is not known
   */
  public Optional<Stamp> stamp() {
    return file.stamp();
  }

  /**
   * The state of the file of a ledger.
   *
   * @param changed when it was changed last
   * @param size its bytes
   */
  public record Stamp(Instant changed, long size) {}

  /**
   * Adds a record.
   *
   * @throws IOException if it cannot be written
   */
  public void add(LedgerRecord record) throws IOException {
    requireDirectory();
    Files.createDirectories(directory, PrivateFile.DIRECTORY);
    lock.hold(
        () -> {
          file.append(LedgerLine.of(record));
          return record;
        });
  }

  /**
   * Remembers that a deploy makes {@code dest}, for as long as that directory exists. The memory is
   * on disk when this returns.
   *
   * @param dest its real path
   * @throws IOException if that cannot be written
   */
  public void remember(Path dest) throws IOException {
    requireDirectory();
    Files.createDirectories(directory, PrivateFile.DIRECTORY);
    // Whoever interrupts this thread: a dest that is changed must be known.
    Interrupts.shielded(
        () -> {
          dests().add(dest);
          return dest;
        });
  }

  /**
   * Tells whether {@code dest} was {@linkplain #remember remembered}.
   *
   * @param dest its real path
   * @throws IOException if that cannot be read
   */
  public boolean remembers(Path dest) throws IOException {
    return dests().has(dest);
  }

  /**
   * Tells whether a deploy to {@code dest}, named so in its manifest, succeeded, as far as the
   * records go back. A deploy to a link of that name, which led elsewhere, does not count.
   *
   * @param dest its real path
   * @throws IOException if they cannot be read
   */
  public boolean hasSucceeded(Path dest) throws IOException {
    String name = NativeText.text(dest);
    // What is not UTF-8 is the same character in all names.
    return name.indexOf('\ufffd') < 0
        && records().stream()
            .filter(record -> record.outcome() == LedgerRecord.Outcome.SUCCEEDED)
            .anyMatch(record -> record.dest().equals(Optional.of(name)) && wasThere(record, name));
  }

  private static boolean wasThere(LedgerRecord record, String name) {
    return record.place().isEmpty() || record.place().get().equals(name);
  }

  private DestFiles dests() {
    return new DestFiles(directory.resolve("dests"), Clock.systemUTC());
  }

  private List<String> newestFirst() throws IOException {
    List<String> lines = new ArrayList<>(lines(LedgerLine::looksWhole));
    Collections.reverse(lines);
    return lines;
  }

  private List<String> lines(Predicate<String> right) throws IOException {
    requireDirectory();
    if (Files.notExists(directory)) {
      return List.of();
    }
    try {
      return lock.hold(() -> file.lines(right));
    } catch (FileSystemException e) {
      if (!Files.getFileStore(directory).isReadOnly()) {
        throw e;
      }
      // No lock can be taken where nobody can write.
      return file.lines(right);
    }
  }

  private void requireDirectory() throws IOException {
    TrustedPath.require(directory);
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new FileSystemException(directory.toString(), null, "it is not a directory");
    }
  }
}
