package dev.stretcher.internal.stage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A private directory that an archive is unpacked into. Closing it removes what is left of it.
 *
 * <p>The tree itself is one level deeper, so that the directory above stays private whatever mode
 * the tree's root gets.
 */
public final class StagingDirectory implements Closeable {
  private final Path directory;

  private StagingDirectory(Path directory) {
    this.directory = directory;
  }

  /**
   * Creates an empty one in {@code parent}.
   *
   * @param prefix what its name begins with
   */
  public static StagingDirectory in(Path parent, String prefix) throws IOException {
    Path directory = Files.createTempDirectory(parent, prefix);
    try {
      StagingDirectory staging = new StagingDirectory(directory);
      Files.createDirectory(staging.root());
      return staging;
    } catch (IOException e) {
      Files.deleteIfExists(directory);
      throw e;
    }
  }

  /** Returns the root of the tree. */
  public Path root() {
    return directory.resolve("root");
  }

  /** Makes the tree empty again. */
  public void clear() throws IOException {
    TreeRemover.remove(root());
    Files.createDirectory(root());
  }

  @Override
  public void close() throws IOException {
    TreeRemover.remove(directory);
  }
}
