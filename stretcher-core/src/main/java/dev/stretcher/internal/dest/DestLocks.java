package dev.stretcher.internal.dest;

import dev.stretcher.file.Provisional;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Several locks, held together: all or none are taken, so that no deploy holds one of them and
 * waits for another.
 *
 * @param locks in the order in which they were taken
 */
public record DestLocks(List<DestLock> locks) implements Closeable {
  /**
   * Takes the locks, if all are free. All deploys take them in the same order, so that one deploy
   * gets them if several try at the same instant.
   *
   * @throws IOException if a file cannot be made
   */
  public static Optional<DestLocks> tryAcquire(SortedSet<Path> files) throws IOException {
    List<DestLock> taken = new ArrayList<>();
    try (Provisional<DestLocks> locks = Provisional.of(new DestLocks(taken))) {
      return tryAcquire(files, taken) ? Optional.of(locks.keep()) : Optional.empty();
    }
  }

  private static boolean tryAcquire(SortedSet<Path> files, List<DestLock> taken)
      throws IOException {
    for (Path file : files) {
      Optional<DestLock> lock = DestLock.tryAcquire(file);
      if (lock.isEmpty()) {
        return false;
      }
      taken.add(lock.get());
    }
    return true;
  }

  /** Returns the lock of a file, if it is one of these. */
  public Optional<DestLock> of(Path file) {
    return locks.stream().filter(lock -> lock.file().equals(file)).findFirst();
  }

  /** Releases the locks. Idempotent. */
  @Override
  public void close() throws IOException {
    closeAll(locks);
  }

  /** Closes all, even if one of them cannot be closed. */
  static void closeAll(Collection<? extends Closeable> resources) throws IOException {
    List<IOException> failures = new ArrayList<>();
    for (Closeable each : resources) {
      try {
        each.close();
      } catch (IOException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }
}
