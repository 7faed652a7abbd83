package dev.stretcher.internal.dest;

import dev.stretcher.file.Descriptors;
import dev.stretcher.file.Provisional;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A file that already has the name of a lock or a ticket. A user who may write in its directory can
 * give that name to anything: to a pipe, which would block the process that opens it, or to a file
 * of someone else, which must not be written to.
 *
 * @param key its device and inode
 * @param owner its user ID
 */
record FoundFile(Path path, Object key, int owner) {
  private static final LinkOption NOFOLLOW = LinkOption.NOFOLLOW_LINKS;
  private static final int ROOT = 0;

  /**
   * Looks at a file.
   *
   * @return empty if there is none
   * @throws FileSystemException if it is not a file that a deploy makes
   */
  static Optional<FoundFile> look(Path path) throws IOException {
    Map<String, Object> attributes;
    try {
      attributes = Files.readAttributes(path, "unix:isRegularFile,nlink,fileKey,uid", NOFOLLOW);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    if (!value(attributes, "isRegularFile").equals(true)) {
      throw refusal(path, "it is not a regular file; remove it");
    }
    // A file that is being removed at this moment has no name any more.
    if ((Integer) value(attributes, "nlink") > 1) {
      throw refusal(path, "it is a hard link to a file that has another name too; remove it");
    }
    return Optional.of(
        new FoundFile(path, value(attributes, "fileKey"), (Integer) value(attributes, "uid")));
  }

  private static Object value(Map<String, Object> attributes, String name) {
    return Objects.requireNonNull(attributes.get(name), name);
  }

  /** Tells whether the file belongs to root. */
  boolean isOfRoot() {
    return owner == ROOT;
  }

  /**
   * Tells whether the file belongs to root or to the user of this process.
   *
   * @param own a file of this process in the same directory: some file systems do not make the
   *     creator of a file its owner
   */
  boolean isOf(Path own) throws IOException {
    try {
      return isOfRoot() || Files.getAttribute(own, "unix:uid", NOFOLLOW).equals(owner);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /**
   * Opens the file for reading and writing.
   *
   * @return empty if the file is gone, or if something else has its name by now
   */
  Optional<FileChannel> open() throws IOException {
    // For both: to open a pipe that has come here for one of them would wait for its other end.
    try (Provisional<FileChannel> channel =
        Provisional.of(
            FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, NOFOLLOW))) {
      return isOpen() ? Optional.of(channel.keep()) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Tells whether this file is the one that was opened, as far as the system shows that. */
  private boolean isOpen() throws IOException {
    return !Descriptors.areShown() || Descriptors.pathOf(key).isPresent();
  }

  static FileSystemException refusal(Path path, String reason) {
    return new FileSystemException(NativeText.text(path), null, reason);
  }
}
