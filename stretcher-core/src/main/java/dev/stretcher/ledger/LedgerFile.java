package dev.stretcher.ledger;

import dev.stretcher.trust.PrivateFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The file of a ledger, a record on each line. Its user holds the lock.
 *
 * @param directory where it is
 * @param warnings takes what is wrong with the file
 */
record LedgerFile(Path directory, Consumer<String> warnings) {
  private static final String NAME = "ledger.jsonl";
  private static final String DAMAGED = "ledger.damaged.jsonl";
  private static final long LARGE = 1 << 17;
  private static final long ABSURD = 128 * LARGE;

  private Path path() {
    return directory.resolve(NAME);
  }

  Optional<Ledger.Stamp> stamp() {
    try {
      BasicFileAttributes found = Files.readAttributes(path(), BasicFileAttributes.class);
      return Optional.of(new Ledger.Stamp(found.lastModifiedTime().toInstant(), found.size()));
    } catch (IOException e) {
      // Whoever reads the records hears why.
      return Optional.empty();
    }
  }

  /**
   * Returns the lines. If one of them is not a record, sets the whole file aside and returns only
   * the records.
   */
  List<String> lines(Predicate<String> right) throws IOException {
    PrivateFile.require(path());
    try {
      if (Files.size(path()) > ABSURD) {
        setAside(List.of(), tooLong());
        return List.of();
      }
      // Bytes that are not UTF-8 must not be lost to the whole.
      String text = new String(Files.readAllBytes(path()), StandardCharsets.UTF_8);
      List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
      return lines.stream().allMatch(right) ? lines : onlyRecords(lines);
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /** Returns what is there, and leaves it as it is, without a lock: a line is written at once. */
  Ledger.Contents contents() throws IOException {
    PrivateFile.require(path());
    if (Files.notExists(path())) {
      return new Ledger.Contents(List.of(), Optional.empty());
    }
    if (Files.size(path()) > ABSURD) {
      return new Ledger.Contents(List.of(), Optional.of(tooLong()));
    }
    String text = new String(Files.readAllBytes(path()), StandardCharsets.UTF_8);
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    // The last one may be half there, since it is being written.
    long whole = text.endsWith("\n") ? lines.size() : lines.size() - 1L;
    long damaged = lines.stream().limit(whole).filter(line -> !LedgerLine.isRecord(line)).count();
    return new Ledger.Contents(
        lines.stream().map(LedgerLine::parse).flatMap(Optional::stream).toList(),
        damaged == 0 ? Optional.empty() : Optional.of(noRecords(damaged)));
  }

  private String tooLong() throws IOException {
    return "it has %s bytes".formatted(Files.size(path()));
  }

  private static String noRecords(long count) {
    return "lines that are no records: " + count;
  }

  private List<String> onlyRecords(List<String> lines) throws IOException {
    List<String> good = lines.stream().filter(LedgerLine::isRecord).toList();
    if (good.size() < lines.size()) {
      setAside(good, noRecords(lines.size() - good.size()));
    }
    return good;
  }

  private void setAside(List<String> readable, String why) throws IOException {
    Path damaged = directory.resolve(DAMAGED);
    Files.move(path(), damaged, StandardCopyOption.REPLACE_EXISTING);
    replace(readable);
    warnings.accept(
        "the ledger %s is damaged (%s), it is in %s now; %s records were kept"
            .formatted(path(), why, damaged, readable.size()));
  }

  private void replace(List<String> lines) throws IOException {
    Path temporary = directory.resolve(NAME + ".new");
    Files.deleteIfExists(temporary);
    try (FileChannel channel = PrivateFile.open(temporary, StandardOpenOption.WRITE)) {
      write(channel, String.join("\n", lines) + (lines.isEmpty() ? "" : "\n"));
      channel.force(true);
    }
    Files.move(temporary, path(), StandardCopyOption.REPLACE_EXISTING);
  }

  /** Adds a line; of a large file, only the newer half is kept before that. */
  void append(String line) throws IOException {
    if (Files.exists(path()) && Files.size(path()) > LARGE) {
      List<String> lines = lines(LedgerLine::isRecord);
      replace(lines.subList(lines.size() / 2, lines.size()));
    }
    try (FileChannel channel = PrivateFile.open(path(), StandardOpenOption.APPEND)) {
      write(channel, (endsInALine() ? "" : "\n") + line + "\n");
      channel.force(false);
    }
  }

  /** After a power failure, or on a full disk, only half of a line may be there. */
  private boolean endsInALine() throws IOException {
    try (FileChannel channel = FileChannel.open(path(), StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      return channel.size() == 0
          || (channel.read(last, channel.size() - 1) == 1 && last.get(0) == '\n');
    }
  }

  private static void write(FileChannel channel, String text) throws IOException {
    PrivateFile.write(channel, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }
}
