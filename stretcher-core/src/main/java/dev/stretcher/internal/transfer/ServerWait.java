package dev.stretcher.internal.transfer;

import dev.stretcher.option.Settings;
import dev.stretcher.text.GoDuration;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The waits of a transfer for a server, which another thread ends when nothing comes for too long.
 * Thread-safe; one thread waits.
 */
final class ServerWait {
  private final StallWatch watch;
  private final OpenContent open;
  private @Nullable Thread waiting;
  private boolean stalled;

  /**
   * Creates the waits.
   *
   * @param open the content that is closed to end a wait
   */
  ServerWait(StallWatch watch, OpenContent open) {
    this.watch = watch;
    this.open = open;
  }

  /** Something that a server has to do. */
  @FunctionalInterface
  interface Step<T> {
    T await() throws IOException, InterruptedException;
  }

  /**
   * Waits for a step.
   *
   * @throws IOException as the step does, or if nothing came for too long
   */
  <T> T on(Step<T> step) throws IOException, InterruptedException {
    begin();
    try {
      return step.await();
    } finally {
      end();
    }
  }

  private synchronized void begin() {
    waiting = Thread.currentThread();
    watch.begin();
  }

  private synchronized void end() throws IOException {
    waiting = null;
    if (stalled) {
      stalled = false;
      boolean interrupted = Thread.interrupted();
      if (interrupted && open.isAborted()) {
        Thread.currentThread().interrupt();
      }
      throw new IOException(
          "nothing came for %s; see whether the server or the network hangs, or raise %s"
              .formatted(
                  GoDuration.format(watch.limit().orElseThrow()),
                  Settings.STALL_TIMEOUT.mention()));
    }
  }

  /** Returns how often {@link #endStall} is worth a call; empty if never. */
  Optional<Duration> checkEvery() {
    return watch.limit().map(limit -> limit.dividedBy(4));
  }

  /**
   * Ends a wait during which nothing has come for too long, with a failure like others. From any
   * thread.
   */
  void endStall() throws IOException {
    synchronized (this) {
      if (waiting == null || stalled || !watch.isStalled()) {
        return;
      }
      stalled = true;
      if (!open.isHeld()) {
        // It is being opened.
        waiting.interrupt();
        return;
      }
    }
    open.close();
  }
}
