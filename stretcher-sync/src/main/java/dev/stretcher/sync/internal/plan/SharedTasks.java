package dev.stretcher.sync.internal.plan;

import dev.stretcher.process.Interrupts;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A list of tasks that several threads take from, until one fails. Thread-safe. */
final class SharedTasks<T> implements Runnable {
  private final List<T> elements;
  private final Workers.Task<T> task;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  SharedTasks(List<T> elements, Workers.Task<T> task) {
    this.elements = elements;
    this.task = task;
  }

  @Override
  public void run() {
    try {
      for (int i = next.getAndIncrement(); i < elements.size(); i = next.getAndIncrement()) {
        if (failure.get() != null) {
          return;
        }
        Interrupts.requireNone();
        task.run(elements.get(i));
      }
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      fail(e);
    }
  }

  void fail(Throwable cause) {
    failure.compareAndSet(null, cause);
  }

  /** Tells whether a cancel ended them, which the others may not know yet. */
  boolean isCancelled() {
    return failure.get() instanceof InterruptedException;
  }

  void rethrow() throws IOException, InterruptedException {
    Throwable cause = failure.get();
    if (cause != null) {
      Interrupts.rethrow(cause);
    }
    if (cause instanceof IOException e) {
      throw e;
    } else if (cause instanceof RuntimeException e) {
      throw e;
    } else if (cause instanceof Error e) {
      throw e;
    }
  }
}
