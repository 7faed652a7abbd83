package dev.stretcher.benchmarks.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Stages a tree of files and directories by a copy that keeps modes and times, in place of the
 * extraction of an archive.
 *
 * <p>Contents go through a buffer, as those of an archive do: {@link Files#copy} may let the file
 * system share the blocks, and would cost nothing there.
 */
public final class StagingCopy extends SimpleFileVisitor<Path> {
  private static final int BUFFER_BYTES = 1 << 18;

  private final Path source;
  private final Path staged;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

  private StagingCopy(Path source, Path staged) {
    this.source = source;
    this.staged = staged;
  }

  /** Copies {@code source} to {@code staged}, which must not exist. */
  public static void copy(Path source, Path staged) throws IOException {
    Files.walkFileTree(source, new StagingCopy(source, staged));
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
      throws IOException {
    Files.createDirectory(copyOf(directory));
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    Path copy = copyOf(file);
    try (FileChannel in = FileChannel.open(file);
        FileChannel out =
            FileChannel.open(copy, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      while (in.read(buffer.clear()) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          out.write(buffer);
        }
      }
    }
    keepAttributes(file, copy);
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
      throws IOException {
    if (failure != null) {
      throw failure;
    }
    keepAttributes(directory, copyOf(directory));
    return FileVisitResult.CONTINUE;
  }

  private Path copyOf(Path path) {
    return staged.resolve(source.relativize(path));
  }

  private static void keepAttributes(Path from, Path to) throws IOException {
    PosixFileAttributes attributes = Files.readAttributes(from, PosixFileAttributes.class);
    Files.setPosixFilePermissions(to, attributes.permissions());
    Files.setLastModifiedTime(to, attributes.lastModifiedTime());
  }
}
