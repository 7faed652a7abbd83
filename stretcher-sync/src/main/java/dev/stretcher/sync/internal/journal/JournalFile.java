package dev.stretcher.sync.internal.journal;

import dev.stretcher.process.Interrupts;
import dev.stretcher.trust.PrivateFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The file of a journal.
 *
 * @param directory where it is: only this user writes there
 * @param name what messages call that directory
 */
public record JournalFile(Path directory, Path name) {
  public static final String NAME = "releases.jsonl";

  private static final String NEW = NAME + ".new";
  private static final long LONGEST = 16L << 20;

  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private static final Set<OpenOption> APPEND =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  private static final Set<OpenOption> WRITE =
      Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, LinkOption.NOFOLLOW_LINKS);

  /** Reads the journal. */
  public Journal read() throws IOException {
    Path file = directory.resolve(NAME);
    try {
      // A named pipe would block.
      if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .isRegularFile()) {
        throw refused("it is not a file; move it away");
      }
      try (FileChannel channel = FileChannel.open(file, READ)) {
        return parse(text(channel));
      }
    } catch (NoSuchFileException e) {
      return Journal.none();
    } catch (AccessDeniedException e) {
      throw refused("permission denied; run as the user who deploys there");
    }
  }

  private String text(FileChannel channel) throws IOException {
    if (channel.size() > LONGEST) {
      throw refused("it is longer than any journal; move it away");
    }
    byte[] bytes = Channels.newInputStream(channel).readAllBytes();
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private FileSystemException refused(String reason) {
    return new FileSystemException(name.resolve(NAME).toString(), null, reason);
  }

  /** Lines are ASCII, and a character is a byte whatever else is there. */
  private Journal parse(String text) throws IOException {
    List<JournalEntry> entries = new ArrayList<>();
    int damaged = 0;
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      Optional<JournalEntry> entry = parseLine(text.substring(start, end));
      if (entry.isPresent()) {
        entries.add(entry.get());
      } else {
        damaged++;
      }
      start = end + 1;
    }
    Optional<JournalEntry> last = parseLine(text.substring(start));
    if (last.isPresent()) {
      // All but its end is there, as some editors leave it.
      entries.add(last.get());
      start = text.length();
    }
    return entries.isEmpty() && damaged == 0 ? Journal.none() : Journal.of(entries, damaged, start);
  }

  private Optional<JournalEntry> parseLine(String line) throws IOException {
    try {
      return JournalLine.parse(line);
    } catch (JournalLine.FromTheFuture e) {
      throw refused("it was written by a newer stretcher; update this one, nothing was changed");
    }
  }

  /**
   * Adds entries, so that they outlast a power failure; if that fails, the file is as it was.
   *
   * @param before what the file says now
   * @return what it says then
   */
  public Journal add(Journal before, List<JournalEntry> entries) throws IOException {
    if (entries.isEmpty()) {
      return before;
    }
    return Interrupts.shielded(() -> before.missing() ? create(entries) : append(before, entries));
  }

  private Journal create(List<JournalEntry> entries) throws IOException {
    return replace(entries);
  }

  private Journal append(Journal before, List<JournalEntry> entries) throws IOException {
    byte[] text;
    try (FileChannel channel = FileChannel.open(directory.resolve(NAME), APPEND)) {
      text = bytes((isEnded(channel, before.whole()) ? "" : "\n") + text(entries));
      try {
        // What follows was cut off when it was written.
        channel.truncate(before.whole()).position(before.whole());
        write(channel, text);
      } catch (IOException e) {
        channel.truncate(before.whole());
        throw e;
      }
    }
    return before.longer(entries, before.whole() + text.length);
  }

  /** Writes the journal anew if most of it is about releases that are gone. */
  public Journal tidy(Journal journal) throws IOException {
    return journal.isMostlyGone()
        ? Interrupts.shielded(() -> replace(journal.releases()))
        : journal;
  }

  private Journal replace(List<JournalEntry> entries) throws IOException {
    byte[] text = bytes(text(entries));
    Path temporary = directory.resolve(NEW);
    Files.deleteIfExists(temporary);
    try (FileChannel channel = FileChannel.open(temporary, WRITE, PRIVATE)) {
      write(channel, text);
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
    Files.move(temporary, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    PrivateFile.flushNames(directory);
    return Journal.of(entries, 0, text.length);
  }

  private static boolean isEnded(FileChannel channel, long end) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    return channel.read(last, end - 1) == 1 && last.get(0) == '\n';
  }

  private static String text(List<JournalEntry> entries) {
    StringBuilder text = new StringBuilder();
    for (JournalEntry entry : entries) {
      text.append(JournalLine.of(entry)).append('\n');
    }
    return text.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void write(FileChannel channel, byte[] text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(true);
  }
}
