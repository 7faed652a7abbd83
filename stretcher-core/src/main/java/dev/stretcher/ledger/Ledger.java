package dev.stretcher.ledger;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The deploys of a host, in a file {@code ledger.jsonl} with one JSON object on each line.
 *
 * <p>It stays small: of more than 128 KiB, some 300 deploys, the newer half is kept. What is no
 * record, as half a line after a power failure, is put into {@code ledger.damaged.jsonl} with all
 * the rest of the file, and the records are kept. Thread-safe, and safe across processes.
 */
public final class Ledger {
  private static final String NAME = "ledger.jsonl";
  private static final String DAMAGED = "ledger.damaged.jsonl";
  private static final long LARGE = 1 << 17;
  private static final long ABSURD = 128 * LARGE;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  /** Record locks exclude processes; closing any channel of the file would drop this one's. */
  private static final ReentrantLock IN_THIS_JVM = new ReentrantLock();

  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path directory;
  private final Consumer<String> warnings;

  private Ledger(Path directory, Consumer<String> warnings) {
    this.directory = directory;
    this.warnings = warnings;
  }

  /** Returns the ledger in a directory, which need not exist. */
  public static Ledger in(Path directory) {
    return new Ledger(directory.toAbsolutePath(), text -> {});
  }

  /** Returns the same ledger, which says what is wrong with it. */
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
    return Files.isDirectory(directory) ? locked(this::read) : List.of();
  }

  /**
   * Returns the last record of an event, by its ID.
   *
   * @throws IOException if the file cannot be read
   */
  public Optional<LedgerRecord> last(String event) throws IOException {
    return newestFirst().stream()
        // Text is looked at first: to parse all lines takes as long as a small deploy.
        .filter(line -> line.contains(event))
        .map(LedgerLine::parse)
        .flatMap(Optional::stream)
        .filter(record -> record.event().equals(Optional.of(event)))
        .findFirst();
  }

  /**
   * Returns the records of the deploys that ended after a time, the newest first.
   *
   * @throws IOException if the file cannot be read
   */
  public List<LedgerRecord> since(Instant time) throws IOException {
    return newestFirst().stream()
        .map(LedgerLine::parse)
        .flatMap(Optional::stream)
        .takeWhile(record -> record.time().isAfter(time))
        .toList();
  }

  /**
   * Adds a record.
   *
   * @throws IOException if it cannot be written
   */
  public void add(LedgerRecord record) throws IOException {
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new FileSystemException(directory.toString(), null, "it is not a directory");
    }
    Files.createDirectories(directory, PRIVATE_DIRECTORY);
    locked(
        () -> {
          append(LedgerLine.of(record) + "\n");
          return record;
        });
  }

  /** Something that is done while no one else does anything with the ledger. */
  @FunctionalInterface
  private interface Access<T> {
    T with() throws IOException;
  }

  private <T> T locked(Access<T> access) throws IOException {
    IN_THIS_JVM.lock();
    try (FileChannel channel = open(directory.resolve("ledger.lock"), StandardOpenOption.WRITE)) {
      lock(channel);
      return access.with();
    } finally {
      IN_THIS_JVM.unlock();
    }
  }

  /** Others hold it for milliseconds, unless they hang. */
  private void lock(FileChannel channel) throws IOException {
    long start = System.nanoTime();
    while (channel.tryLock() == null) {
      if (System.nanoTime() - start > LONGEST_WAIT.toNanos()) {
        throw new FileSystemException(
            directory.toString(),
            null,
            "another process has locked it for " + LONGEST_WAIT.toSeconds() + " s; find out which");
      }
      try {
        TimeUnit.MILLISECONDS.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while waiting for the ledger");
      }
    }
  }

  /** Refuses what would block, as a named pipe, or never end, as a device. */
  private static void requireFile(Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(file.toString(), null, "it is not a file; remove it");
    }
  }

  private static FileChannel open(Path file, StandardOpenOption option) throws IOException {
    requireFile(file);
    return FileChannel.open(
        file, Set.of(StandardOpenOption.CREATE, option, LinkOption.NOFOLLOW_LINKS), PRIVATE_FILE);
  }

  private List<String> newestFirst() throws IOException {
    List<String> lines =
        Files.isDirectory(directory)
            ? new ArrayList<>(locked(() -> readLines(LedgerLine::looksWhole)))
            : new ArrayList<>();
    Collections.reverse(lines);
    return lines;
  }

  private List<LedgerRecord> read() throws IOException {
    return readLines(Ledger::isRecord).stream()
        .map(LedgerLine::parse)
        .flatMap(Optional::stream)
        .toList();
  }

  private static boolean isRecord(String line) {
    return LedgerLine.parse(line).isPresent();
  }

  /**
   * Returns the lines; if one of them is not what it should be, those that are records, and all are
   * set aside.
   */
  private List<String> readLines(Predicate<String> right) throws IOException {
    Path file = directory.resolve(NAME);
    requireFile(file);
    try {
      if (Files.size(file) > ABSURD) {
        setAside(List.of(), "it has %d bytes".formatted(Files.size(file)));
        return List.of();
      }
      // Bytes that are not UTF-8 must not be lost to the whole.
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
      if (lines.stream().allMatch(right)) {
        return lines;
      }
      List<String> good = lines.stream().filter(Ledger::isRecord).toList();
      if (good.size() < lines.size()) {
        setAside(good, (lines.size() - good.size()) + " lines are no records");
      }
      return good;
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private void setAside(List<String> readable, String why) throws IOException {
    Path damaged = directory.resolve(DAMAGED);
    Files.move(directory.resolve(NAME), damaged, StandardCopyOption.REPLACE_EXISTING);
    write(readable);
    warnings.accept(
        "the ledger %s is damaged (%s), it is in %s now; %d records were kept"
            .formatted(directory.resolve(NAME), why, damaged, readable.size()));
  }

  private void write(List<String> lines) throws IOException {
    Path temporary = directory.resolve(NAME + ".new");
    Files.deleteIfExists(temporary);
    try (FileChannel channel = open(temporary, StandardOpenOption.WRITE)) {
      write(channel, String.join("\n", lines) + (lines.isEmpty() ? "" : "\n"));
      channel.force(true);
    }
    Files.move(temporary, directory.resolve(NAME), StandardCopyOption.REPLACE_EXISTING);
  }

  private void append(String line) throws IOException {
    Path file = directory.resolve(NAME);
    if (Files.exists(file) && Files.size(file) > LARGE) {
      List<String> lines = readLines(Ledger::isRecord);
      write(lines.subList(lines.size() / 2, lines.size()));
    }
    try (FileChannel channel = open(file, StandardOpenOption.APPEND)) {
      write(channel, endsInALine(file) ? line : "\n" + line);
      channel.force(false);
    }
  }

  /** After a power failure, or on a full disk, only half of a line may be there. */
  private static boolean endsInALine(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      return channel.size() == 0
          || (channel.read(last, channel.size() - 1) == 1 && last.get(0) == '\n');
    }
  }

  private static void write(FileChannel channel, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
