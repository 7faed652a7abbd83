package dev.stretcher.process;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Work in a daemon thread of its own, which hands its result or its failure to the thread that
 * awaits it. After {@link #await}, everything that the work wrote can be read without a lock.
 *
 * <p>Closing it interrupts the work and waits for its end; work that nobody closes goes on.
 * Thread-safe.
 *
 * @param <T> what the work makes
 * @param <E> what the work may throw, besides unchecked exceptions
 */
public final class Background<T, E extends Exception> implements Closeable {
  private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

  private final FutureTask<T> task;
  private final Thread thread;

  private Background(FutureTask<T> task, Thread thread) {
    this.task = task;
    this.thread = thread;
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * A piece of work.
   *
   * @param <T> what it makes
   * @param <E> what it may throw
   */
  @FunctionalInterface
  public interface Work<T, E extends Exception> extends Callable<T> {
    /** Does the work. */
    @Override
    T call() throws E, InterruptedException;
  }

  /**
   * Starts the work.
   *
   * @param name the name of its thread
   */
  public static <T, E extends Exception> Background<T, E> start(String name, Work<T, E> work) {
    FutureTask<T> task = new FutureTask<>(work);
    return new Background<>(task, new Thread(task, name));
  }

  /**
   * Returns work of a plug-in, whose language may not check exceptions: a checked exception that
   * the signature does not declare becomes an {@link IOException}.
   */
  public static <T> Work<T, IOException> ofPlugin(Work<T, IOException> work) {
    return () -> {
      try {
        return work.call();
      } catch (IOException | InterruptedException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    };
  }

  /** Starts work that nobody interrupts, since nobody knows its thread. */
  static <T, E extends Exception> Background<T, E> startShielded(Work<T, E> work) {
    FutureTask<T> task = new FutureTask<>(work);
    return new Background<>(task, new Interrupts.Shielded(task));
  }

  /**
   * Waits for the end of the work.
   *
   * @return what the work made
   * @throws E what the work threw; its unchecked exceptions are thrown as they are, too
   * @throws InterruptedException if this thread was interrupted, or the work ended by an interrupt
   */
  public T await() throws E, InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  /**
   * Waits for the end of the work, for a limited time.
   *
   * @param nanos how long, in nanoseconds
   * @throws TimeoutException if the work goes on
   */
  public T await(long nanos) throws E, InterruptedException, TimeoutException {
    try {
      return task.get(nanos, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  private E failure(ExecutionException e) throws InterruptedException {
    Interrupts.rethrow(e);
    return cause(e);
  }

  // Nothing else is left: the compiler lets work throw nothing but E and interrupts, and what a
  // plug-in throws against its signature is an IOException by ofPlugin.
  @SuppressWarnings("unchecked")
  private E cause(ExecutionException e) {
    Throwable cause = Objects.requireNonNull(e.getCause());
    if (cause instanceof RuntimeException bug) {
      throw bug;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return (E) cause;
  }

  /** Waits for the end of the work, even if this thread is interrupted, see {@link Interrupts}. */
  T awaitRemembering() throws E {
    try {
      return Interrupts.remembered(task::get);
    } catch (ExecutionException e) {
      throw cause(e);
    }
  }

  /** Tells whether the work has not ended. */
  public boolean isRunning() {
    return thread.isAlive();
  }

  /** Interrupts the work, and does not wait for its end. */
  public void interrupt() {
    thread.interrupt();
  }

  /** Interrupts the work, and waits for its end even if this thread is interrupted as well. */
  @Override
  public void close() {
    end(FOREVER);
  }

  /** Interrupts the work, and waits at most {@code limit} for its end. */
  public void end(Duration limit) {
    long start = System.nanoTime();
    Interrupts.remembered(
        () -> {
          long left = limit.toNanos() - (System.nanoTime() - start);
          if (left > 0 && thread.isAlive()) {
            // Again after each interrupt of this thread: the work may have missed the first one.
            thread.interrupt();
            thread.join(Math.max(1, left / 1_000_000));
          }
          return thread;
        });
  }
}
