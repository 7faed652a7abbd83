package dev.stretcher;

import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;

/** Tells a deploy that was cancelled from one that failed. */
final class Interrupts {
  private Interrupts() {}

  /**
   * Does nothing for a failure of its own. Channels report an interrupt as an exception of theirs,
   * which is a cancelled deploy and not a failed one.
   *
   * @throws InterruptedException if {@code e} comes from an interrupt of this thread
   */
  static void rethrow(StretcherException e) throws InterruptedException {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ClosedByInterruptException
          || cause instanceof FileLockInterruptionException) {
        // The channel left the thread interrupted, and this exception is the answer to that.
        Thread.interrupted();
        InterruptedException interrupt = new InterruptedException("cancelled");
        interrupt.initCause(e);
        throw interrupt;
      }
    }
  }
}
