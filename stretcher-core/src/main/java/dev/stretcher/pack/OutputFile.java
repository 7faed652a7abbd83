package dev.stretcher.pack;

import dev.stretcher.internal.toc.Sha256;
import dev.stretcher.text.Printable;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.UUID;

/**
 * A file that is there only once it is complete: written under another name beside it, brought to
 * disk, and renamed. Used by one thread. Closing it removes what is not complete.
 */
final class OutputFile implements Closeable {
  private final Path file;
  private final Path temporary;
  private final FileChannel channel;
  private final MessageDigest digest = Sha256.digest();
  private long length;

  private OutputFile(Path file, Path temporary) throws IOException {
    this.file = file;
    this.temporary = temporary;
    this.channel =
        FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
  }

  /**
   * Begins to write a file.
   *
   * @param output may be there, and may be a link, which stays
   * @param tree where it must not be: it would be packed as well
   */
  static OutputFile begin(Path output, Path tree) throws IOException {
    Path file = Files.exists(output) ? output.toRealPath() : output.toAbsolutePath();
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file)) {
      throw new PackException(
          "'%s' is there and is no file; name a file for the archive".formatted(text(output)));
    }
    Path directory = Objects.requireNonNull(file.getParent());
    if (!Files.isDirectory(directory)) {
      throw new PackException(
          "'%s' is not a directory, so that the archive cannot be written there; make it, or name another file"
              .formatted(text(directory)));
    }
    if (directory.toRealPath().startsWith(tree)) {
      throw new PackException(
          "the archive '%s' would be in the directory that is packed; name a file outside of '%s'"
              .formatted(text(output), text(tree)));
    }
    Path temporary = directory.resolve(".stretcher-pack-" + UUID.randomUUID() + ".tmp");
    return new OutputFile(file, temporary);
  }

  void write(ByteBuffer bytes) throws IOException {
    length += bytes.remaining();
    digest.update(bytes.duplicate());
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  long length() {
    return length;
  }

  /** Gives the file its name, once it is on disk; returns its SHA-256. */
  byte[] complete() throws IOException {
    channel.force(true);
    channel.close();
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    }
    return digest.digest();
  }

  private static String text(Path path) {
    return Printable.of(path);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(temporary);
  }
}
