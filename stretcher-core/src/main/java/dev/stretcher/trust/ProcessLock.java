package dev.stretcher.trust;

import dev.stretcher.process.Interrupts;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Excludes threads and processes from the files of a directory.
 *
 * @param file an absolute path; the file is a {@link PrivateFile}, and is left behind
 */
public record ProcessLock(Path file) {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final int POLL_MILLIS = 5;

  /** Record locks exclude processes; closing any channel of the file would drop this one's. */
  private static final Map<Path, ReentrantLock> IN_THIS_JVM = new ConcurrentHashMap<>();

  /** Work on the files, while nobody else uses them. */
  @FunctionalInterface
  public interface Access<T> {
    /** Does the work. */
    T with() throws IOException;
  }

  /**
   * Works alone on the files, even if this thread is interrupted: otherwise half a line would be
   * left, or a deploy forgotten.
   *
   * @throws IOException what the work threw, or if another process holds the lock for 10 s
   */
  public <T> T hold(Access<T> access) throws IOException {
    return Interrupts.shielded(() -> held(access));
  }

  private <T> T held(Access<T> access) throws IOException {
    ReentrantLock threads = IN_THIS_JVM.computeIfAbsent(file, path -> new ReentrantLock());
    threads.lock();
    try (FileChannel channel = PrivateFile.open(file, StandardOpenOption.WRITE)) {
      lock(channel);
      return access.with();
    } finally {
      threads.unlock();
    }
  }

  /** Other processes hold the lock for milliseconds, unless they hang. */
  private void lock(FileChannel channel) throws IOException {
    long start = System.nanoTime();
    while (channel.tryLock() == null) {
      if (System.nanoTime() - start > LONGEST_WAIT.toNanos()) {
        throw new FileSystemException(
            Objects.toString(file.getParent()),
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
