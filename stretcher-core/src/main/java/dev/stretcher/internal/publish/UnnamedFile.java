package dev.stretcher.internal.publish;

import dev.stretcher.process.Interrupts;
import dev.stretcher.publish.ObjectContent;
import dev.stretcher.text.NativeText;
import dev.stretcher.trust.PrivateFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** A file that has no name yet which anybody looks for. Closing removes what has none. */
final class UnnamedFile implements Closeable {
  /** How the name begins which it has meanwhile. */
  static final String PREFIX = ".stretcher-publish-";

  /** No write pauses for so long. */
  private static final Duration FORGOTTEN = Duration.ofDays(1);

  private static final Set<PosixFilePermission> READABLE =
      PosixFilePermissions.fromString("rw-r--r--");

  private final Path file;
  private final Path temporary;
  private final FileChannel channel;

  private UnnamedFile(Path file, Path temporary) throws IOException {
    this.file = file;
    this.temporary = temporary;
    this.channel =
        FileChannel.open(
            temporary,
            Set.of(
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE_NEW,
                LinkOption.NOFOLLOW_LINKS));
  }

  /** Makes one in the directory of a file, and removes those of killed writers there. */
  static UnnamedFile beside(Path file) throws IOException {
    removeForgotten(Objects.requireNonNull(file.getParent()));
    return new UnnamedFile(file, file.resolveSibling(PREFIX + UUID.randomUUID()));
  }

  private static void removeForgotten(Path directory) throws IOException {
    try (DirectoryStream<Path> unnamed = Files.newDirectoryStream(directory, PREFIX + "*")) {
      for (Path each : unnamed) {
        FileTime written = Files.getLastModifiedTime(each, LinkOption.NOFOLLOW_LINKS);
        if (written.toInstant().isBefore(Instant.now().minus(FORGOTTEN))) {
          Files.deleteIfExists(each);
        }
      }
    } catch (NoSuchFileException e) {
      // Its writer has removed it.
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /** Writes all bytes, and brings them to disk. */
  void write(ObjectContent content) throws IOException {
    try (InputStream in = content.open(0)) {
      byte[] buffer = new byte[1 << 17];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        append(ByteBuffer.wrap(buffer, 0, count));
      }
    }
    // Whatever the umask is: hosts are to read it.
    ObjectDirectories.setPermissions(temporary, READABLE);
    channel.force(true);
  }

  /** A channel names no file, and a full disk is not another one in a second. */
  private void append(ByteBuffer bytes) throws IOException {
    try {
      PrivateFile.write(channel, bytes);
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      FileSystemException failure =
          new FileSystemException(NativeText.text(file), null, String.valueOf(e.getMessage()));
      failure.initCause(e);
      throw failure;
    }
  }

  /**
   * Gives it its name, on disk too.
   *
   * @throws FileAlreadyExistsException if another file has it
   */
  void giveName() throws IOException {
    Interrupts.shielded(
        () -> {
          link();
          Files.deleteIfExists(temporary);
          PrivateFile.flushNames(Objects.requireNonNull(file.getParent()));
          return file;
        });
  }

  private void link() throws IOException {
    try {
      Files.createLink(file, temporary);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      FileSystemException failure =
          new FileSystemException(
              NativeText.text(file),
              null,
              "cannot be given its name by a hard link (%s); publish to a file system that has hard links"
                  .formatted(
                      e instanceof FileSystemException refused
                          ? refused.getReason()
                          : "unsupported"));
      failure.initCause(e);
      throw failure;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(temporary);
  }
}
