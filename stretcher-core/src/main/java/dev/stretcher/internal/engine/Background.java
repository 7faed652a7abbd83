package dev.stretcher.internal.engine;

import dev.stretcher.process.Interrupts;
import dev.stretcher.process.Threads;
import dev.stretcher.report.StretcherException;
import java.io.Closeable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A step of a deploy in a thread of its own. Closing it ends the step and waits for that. */
public final class Background implements Closeable {
  /** Something that a deploy does. */
  @FunctionalInterface
  public interface Step {
    void run() throws StretcherException, InterruptedException;
  }

  private final FutureTask<Void> task;
  private final Thread thread;

  private Background(Step step, String name) {
    task =
        new FutureTask<>(
            () -> {
              step.run();
              return null;
            });
    thread = new Thread(task, name);
    thread.setDaemon(true);
  }

  public static Background start(Step step, String name) {
    Background background = new Background(step, name);
    background.thread.start();
    return background;
  }

  /** Waits for the end; throws what the step threw. */
  public void await() throws StretcherException, InterruptedException {
    try {
      task.get();
    } catch (ExecutionException e) {
      Interrupts.rethrow(e);
      Throwable cause = e.getCause();
      if (cause instanceof StretcherException failure) {
        throw failure;
      }
      if (cause instanceof Error error) {
        throw error;
      }
      throw cause instanceof RuntimeException bug ? bug : new IllegalStateException(cause);
    }
  }

  @Override
  public void close() {
    Threads.end(thread);
  }
}
