package dev.stretcher.trust;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/** Files that only their owner may read and write, in directories of a {@link TrustedPath}. */
public final class PrivateFile {
  /** What a directory for such files is created with. */
  public static final FileAttribute<Set<PosixFilePermission>> DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final String UNFINISHED = ".new";

  private PrivateFile() {}

  /**
   * Refuses a named pipe, which would block, a device, which might never end, and a file that
   * others could have written.
   */
  public static void require(Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(file.toString(), null, "it is not a file; remove it");
    }
    TrustedPath.require(file);
  }

  /** Opens a file that only its owner may read, and makes it if it is not there. */
  public static FileChannel open(Path file, StandardOpenOption option) throws IOException {
    require(file);
    return FileChannel.open(
        file, Set.of(StandardOpenOption.CREATE, option, LinkOption.NOFOLLOW_LINKS), PRIVATE);
  }

  /** Writes all bytes. */
  public static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /**
   * Replaces a file as a whole, or makes it, in a directory that is made too if it is not there.
   * When this returns, the file outlasts a power failure; if it throws, the file is as it was.
   */
  public static void replace(Path file, ByteBuffer... contents) throws IOException {
    Path directory =
        Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a directory");
    Files.createDirectories(directory, DIRECTORY);
    Path temporary = unfinished(file);
    Files.deleteIfExists(temporary);
    try (FileChannel channel = open(temporary, StandardOpenOption.WRITE)) {
      for (ByteBuffer content : contents) {
        write(channel, content);
      }
      channel.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    flushNames(directory);
  }

  /** Returns the name of a file while {@link #replace} writes it. */
  public static Path unfinished(Path file) {
    return file.resolveSibling(file.getFileName() + UNFINISHED);
  }

  /** Tells whether a file is named as one that is being written. */
  public static boolean isUnfinished(Path file) {
    return file.toString().endsWith(UNFINISHED);
  }

  /** Brings the names in a directory to disk. */
  public static void flushNames(Path directory) throws IOException {
    try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
      names.force(true);
    }
  }
}
