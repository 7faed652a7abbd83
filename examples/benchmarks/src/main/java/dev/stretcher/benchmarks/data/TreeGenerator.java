package dev.stretcher.benchmarks.data;

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
public final class TreeGenerator {
  private static final Instant FIRST_TIME = Instant.parse("2026-01-01T00:00:00Z");
  private static final long APPLICATION_SEED = 20261125;
  private static final int SECONDS_OF_A_YEAR = 365 * 24 * 3600;
  private static final int BUFFER_BYTES = 1 << 16;

  private final SplittableRandom random;
  private final Contents contents;

  /** Creates one whose files hold random bytes. */
  public TreeGenerator(long seed) {
    this(seed, Contents.RANDOM);
  }

  TreeGenerator(long seed, Contents contents) {
    this.random = new SplittableRandom(seed);
    this.contents = contents;
  }

  /** Returns one for the application of the benchmarks. */
  public static TreeGenerator application() {
    return new TreeGenerator(APPLICATION_SEED, Contents.APPLICATION);
  }

  /** Writes a tree to {@code root}, which must not exist. */
  public void write(Path root, TreeShape shape) throws IOException {
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
  public void change(Path root, TreeShape shape, int stride) throws IOException {
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

  /**
   * Makes the next version of an application: of the files between 5 and 60 kB, some get another
   * content, some go, and some come.
   */
  public void release(Path root, int modified, int deleted, int added) throws IOException {
    List<Path> files = new ArrayList<>(smallish(root));
    for (int i = 0; i < modified + deleted; i++) {
      Path file = files.remove(random.nextInt(files.size()));
      if (i < deleted) {
        Files.delete(file);
      } else {
        rewrite(file, Files.size(file) + 1 + random.nextInt(100), i);
      }
    }
    for (int i = 0; i < added; i++) {
      Path beside = files.get(random.nextInt(files.size()));
      rewrite(beside.resolveSibling("new-" + i), random.nextInt(5_000, 60_000), i);
    }
  }

  private static List<Path> smallish(Path root) throws IOException {
    List<Path> found = new ArrayList<>();
    try (var walk = Files.walk(root)) {
      for (Path path : (Iterable<Path>) walk.sorted()::iterator) {
        if (Files.isRegularFile(path) && Files.size(path) > 5_000 && Files.size(path) < 60_000) {
          found.add(path);
        }
      }
    }
    return found;
  }

  private void rewrite(Path file, long size, int number) throws IOException {
    writeContent(file, size);
    Files.setLastModifiedTime(
        file, FileTime.from(FIRST_TIME.plusSeconds(SECONDS_OF_A_YEAR + number)));
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
        contents.fill(buffer, random);
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
