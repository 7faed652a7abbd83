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
   * Returns if {@code failure} does not come from an interrupt. In an interrupted thread every
   * failure counts as one that does: the interrupt may be its cause, even if it does not say so.
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
   * Returns the exception for a method that can only throw I/O exceptions, and leaves the thread
   * interrupted. {@link #rethrow} makes it an {@link InterruptedException} again.
   */
  public static InterruptedIOException asIoException(InterruptedException e) {
    Thread.currentThread().interrupt();
    InterruptedIOException failure = new InterruptedIOException(e.getMessage());
    failure.initCause(e);
    return failure;
  }

  /**
   * Waits for something without giving up at an interrupt: repeats {@code wait} until it returns or
   * fails. If an interrupt came meanwhile, this thread is interrupted afterwards.
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
    /** Does the work. */
    @Override
    T call() throws IOException;
  }

  /**
   * Does {@code work} to its end, even if this thread is interrupted meanwhile; the thread is
   * interrupted afterwards, then. Another thread does the work, since a channel closes when the
   * thread that uses it is interrupted.
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

  /** A thread that nobody interrupts, since nobody knows it. */
  static final class Shielded extends Thread {
    Shielded(Runnable work) {
      super(work, "stretcher-shielded");
    }
  }
}
