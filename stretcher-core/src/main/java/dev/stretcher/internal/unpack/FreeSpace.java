package dev.stretcher.internal.unpack;

import dev.stretcher.text.ByteSize;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The free space of a file system, looked at before something large is written. */
public final class FreeSpace {
  /** Looking costs less than writing this much, and a disk this full is found soon enough. */
  private static final long LARGE = 1 << 20;

  private final FileStore store;

  /** Looks at the file system that {@code directory} is on. */
  public FreeSpace(Path directory) throws IOException {
    this.store = Files.getFileStore(directory);
  }

  /**
   * Refuses to begin what cannot be finished.
   *
   * @param bytes how much is going to be written
   * @param target what is going to be written
   * @throws FileSystemException if there is not enough space
   */
  public void require(long bytes, Path target) throws IOException {
    if (bytes < LARGE) {
      return;
    }
    long free = store.getUsableSpace();
    // A file system that does not know its size says 0.
    if (free < bytes && store.getTotalSpace() > 0) {
      throw new FileSystemException(
          target.toString(),
          null,
          "No space left on device: it needs %s, %s are free"
              .formatted(ByteSize.format(bytes), ByteSize.format(free)));
    }
  }
}
