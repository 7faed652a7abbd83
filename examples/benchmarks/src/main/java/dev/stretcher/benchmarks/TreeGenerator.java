package dev.stretcher.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Writes synthetic trees; the same seed and shape give the same tree. */
final class TreeGenerator {
  private static final Instant FIRST_TIME = Instant.parse("2026-01-01T00:00:00Z");
  private static final int SECONDS_OF_A_YEAR = 365 * 24 * 3600;
  private static final int BUFFER_BYTES = 1 << 16;

  private final SplittableRandom random;

  TreeGenerator(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Writes a tree to {@code root}, which must not exist. */
  void write(Path root, TreeShape shape) throws IOException {
    List<Path> directories = directories(root, shape.directories());
    long[] sizes = shape.sizes().draw(shape.files(), random);
    for (int i = 0; i < sizes.length; i++) {
      Path directory = directories.get(random.nextInt(1, directories.size()));
      Path file = directory.resolve("file-" + i);
      writeContent(file, sizes[i]);
      Files.setPosixFilePermissions(
          file, PosixFilePermissions.fromString(i % 20 == 0 ? "rwxr-xr-x" : "rw-r--r--"));
      setTime(file);
    }
    for (Path directory : directories) {
      setTime(directory);
    }
  }

  /** Gives every {@code stride}th file of a tree another content, size and time. */
  void change(Path root, TreeShape shape, int stride) throws IOException {
    List<Path> files;
    try (var walk = Files.walk(root)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    for (int i = 0; i < shape.files(); i += stride) {
      Path file = files.get(i);
      writeContent(file, Files.size(file) + 1 + random.nextInt(100));
      Files.setLastModifiedTime(file, FileTime.from(FIRST_TIME.plusSeconds(SECONDS_OF_A_YEAR + i)));
    }
  }

  // A parent is any directory made before, which gives some deep ones and many flat ones.
  private List<Path> directories(Path root, int count) throws IOException {
    List<Path> directories = new ArrayList<>(List.of(Files.createDirectory(root)));
    for (int i = 0; i < count; i++) {
      Path parent = directories.get(random.nextInt(directories.size()));
      directories.add(Files.createDirectory(parent.resolve("directory-" + i)));
    }
    return directories;
  }

  private void writeContent(Path file, long size) throws IOException {
    byte[] buffer = new byte[(int) Math.min(size, BUFFER_BYTES)];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long left = size; left > 0; left -= buffer.length) {
        random.nextBytes(buffer);
        out.write(buffer, 0, (int) Math.min(left, buffer.length));
      }
    }
  }

  // In whole seconds, as archives have them.
  private void setTime(Path path) throws IOException {
    long seconds = random.nextInt(SECONDS_OF_A_YEAR);
    Files.setLastModifiedTime(path, FileTime.from(FIRST_TIME.plusSeconds(seconds)));
  }
}
