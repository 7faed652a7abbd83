package dev.stretcher.internal.fetch;

import dev.stretcher.file.Descriptors;
import dev.stretcher.file.Provisional;
import dev.stretcher.text.NativeText;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The temporary file that keeps an archive while it is fetched. Closing it removes the file. It is
 * read through the descriptor that wrote it, since a user who may rename files in its directory
 * could put an unverified file in its place.
 */
public final class SpoolFile implements Closeable {
  private static final Set<OpenOption> NEW_FILE =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path path;
  private final FileChannel channel;
  private final Optional<Object> key;
  private @Nullable Path opened;

  private SpoolFile(Path path, FileChannel channel, Optional<Object> key) {
    this.path = path;
    this.channel = channel;
    this.key = key;
  }

  /** Returns the key of the file that has a name; empty if there is none. */
  private static Optional<Object> key(Path path) throws IOException {
    try {
      return Optional.ofNullable(
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
              .fileKey());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Creates an empty file in {@code directory}, readable by its owner only.
   *
   * @param prefix the beginning of its name
   */
  public static SpoolFile create(Path directory, String prefix) throws IOException {
    Path path = directory.resolve(prefix + UUID.randomUUID() + ".spool");
    try (Provisional<FileChannel> channel =
        Provisional.of(FileChannel.open(path, NEW_FILE, PRIVATE))) {
      Optional<Object> key = key(path);
      return new SpoolFile(path, channel.keep(), key);
    }
  }

  /** Returns where the file is, for people to read. */
  public Path path() {
    return path;
  }

  /** Returns a path that leads to the open file, wherever its name leads to. */
  Path opened() throws IOException {
    if (opened == null) {
      // Once, while no reader has it open too: the descriptor of a reader is closed before this.
      opened =
          Descriptors.areShown()
              ? Descriptors.pathOf(key.orElse(null)).orElseThrow(this::swapped)
              : path;
    }
    return opened;
  }

  /** Empties the file. */
  public void clear() throws IOException {
    channel.truncate(0);
    channel.position(0);
  }

  /** Appends a chunk, all of it. */
  public void write(ByteBuffer chunk) throws IOException {
    while (chunk.hasRemaining()) {
      channel.write(chunk);
    }
  }

  /** Writes a chunk, all of it, to its place; the places that nobody writes to are holes. */
  void write(ByteBuffer chunk, long position) throws IOException {
    long at = position;
    while (chunk.hasRemaining()) {
      at += channel.write(chunk, at);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      removeOwn();
    }
  }

  private void removeOwn() throws IOException {
    Optional<Object> now = key(path);
    if (now.equals(key)) {
      Files.deleteIfExists(path);
    } else if (now.isPresent()) {
      throw swapped();
    }
  }

  private FileSystemException swapped() {
    return new FileSystemException(
        NativeText.text(path),
        null,
        "it is not the temporary file that this deploy made, and was left alone; find out who put"
            + " it there, and let no one else write to that directory");
  }
}
