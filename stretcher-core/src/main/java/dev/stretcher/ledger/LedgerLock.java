package dev.stretcher.ledger;

import dev.stretcher.process.Interrupts;
import dev.stretcher.trust.PrivateFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Excludes threads and processes from a ledger.
 *
 * @param directory the ledger's
 */
record LedgerLock(Path directory) {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final int POLL_MILLIS = 5;

  /** Record locks exclude processes; closing any channel of the file would drop this one's. */
  private static final ReentrantLock IN_THIS_JVM = new ReentrantLock();

  /** Work on the ledger, while nobody else uses it. */
  @FunctionalInterface
  interface Access<T> {
    T with() throws IOException;
  }

  /**
   * Even if this thread is interrupted: otherwise half a line would be left, or a deploy forgotten.
   */
  <T> T hold(Access<T> access) throws IOException {
    return Interrupts.shielded(() -> held(access));
  }

  private <T> T held(Access<T> access) throws IOException {
    IN_THIS_JVM.lock();
    try (FileChannel channel =
        PrivateFile.open(directory.resolve("ledger.lock"), StandardOpenOption.WRITE)) {
      lock(channel);
      return access.with();
    } finally {
      IN_THIS_JVM.unlock();
    }
  }

  /** Other processes hold the lock for milliseconds, unless they hang. */
  private void lock(FileChannel channel) throws IOException {
    long start = System.nanoTime();
    while (channel.tryLock() == null) {
      if (System.nanoTime() - start > LONGEST_WAIT.toNanos()) {
        throw new FileSystemException(
            directory.toString(),
            null,
            "another process has locked it for " + LONGEST_WAIT.toSeconds() + " s; find out which");
      }
      pause();
    }
  }

  private static void pause() throws InterruptedIOException {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      throw Interrupts.asIoException(e);
    }
  }
}
