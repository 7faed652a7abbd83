package dev.stretcher.process;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The one way in which an interrupt leaves what it ended: as {@link InterruptedException}, with the
 * interrupt status of the thread cleared. Channels, streams and plug-ins report it in forms of
 * their own, which must not be taken for failures. Stateless and thread-safe.
 */
public final class Interrupts {
  /** No failure has that many causes, unless they form a circle. */
  private static final int CAUSES = 100;

  private Interrupts() {}

  /**
   * Does nothing if no one has interrupted this thread.
   *
   * @throws InterruptedException if this thread is interrupted
   */
  public static void requireNone() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("cancelled");
    }
  }

  /**
   * Does nothing for a failure of its own. What fails in a thread that is interrupted is none: it
   * may have failed because of that, without saying so.
   *
   * @throws InterruptedException if {@code failure} comes from an interrupt, or this thread is
   *     interrupted; {@code failure} is its cause
   */
  public static void rethrow(Throwable failure) throws InterruptedException {
    // First, since the status is cleared whatever the failure says.
    if (Thread.interrupted() || comesFromInterrupt(failure)) {
      InterruptedException interrupt = new InterruptedException("cancelled");
      interrupt.initCause(failure);
      throw interrupt;
    }
  }

  /** An {@link InterruptedIOException} alone may be a server's time-out. */
  private static boolean comesFromInterrupt(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(CAUSES)
        .anyMatch(
            cause ->
                cause instanceof InterruptedException
                    || cause instanceof ClosedByInterruptException
                    || cause instanceof FileLockInterruptionException);
  }

  /**
   * Returns what a method throws that can only throw I/O exceptions, and leaves the thread
   * interrupted. {@link #rethrow} makes it an {@link InterruptedException} again.
   */
  public static InterruptedIOException asIoException(InterruptedException e) {
    Thread.currentThread().interrupt();
    InterruptedIOException failure = new InterruptedIOException(e.getMessage());
    failure.initCause(e);
    return failure;
  }

  /**
   * Waits for something that must not be left early: repeats {@code wait} until it returns or
   * fails. An interrupt that comes meanwhile is remembered, and finds this thread interrupted
   * afterwards.
   *
   * @throws E what the wait threw
   */
  public static <T, E extends Exception> T remembered(Background.Work<T, E> wait) throws E {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return wait.call();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Something that must not be cut off in the middle. */
  @FunctionalInterface
  public interface Work<T> extends Background.Work<T, IOException> {
    /** Does it. */
    @Override
    T call() throws IOException;
  }

  /**
   * Does something to its end, whoever interrupts this thread meanwhile; the thread is interrupted
   * afterwards, then. A channel closes when its thread is interrupted, which is why another thread
   * does the work.
   *
   * @throws IOException what the work threw
   */
  public static <T> T shielded(Work<T> work) throws IOException {
    if (Thread.currentThread() instanceof Shielded) {
      // What it calls back may want a shield as well, and hold the same locks.
      return work.call();
    }
    return Background.startShielded(work).awaitRemembering();
  }

  /** A thread that no one knows, and so no one interrupts. */
  static final class Shielded extends Thread {
    Shielded(Runnable work) {
      super(work, "stretcher-shielded");
    }
  }
}
