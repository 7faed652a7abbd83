package dev.stretcher.sync.internal.plan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A few threads that share a list of tasks; the calling thread is one of them. Immutable and
 * thread-safe.
 */
public final class Workers {
  private static final int MOST = 8;

  private final int size;

  public Workers(int size) {
    this.size = size;
  }

  /** Returns one with as many threads as the machine has processors, within limits. */
  public static Workers forThisMachine() {
    return new Workers(Math.min(MOST, Runtime.getRuntime().availableProcessors()));
  }

  /** Something to do for each element of a list. */
  @FunctionalInterface
  public interface Task<T> {
    void run(T element) throws IOException, InterruptedException;
  }

  /**
   * Runs {@code task} for each element, several at a time, and returns when all have ended. After
   * the first failure, which it throws, no further one is begun.
   */
  public <T> void forEach(List<T> elements, Task<T> task) throws IOException, InterruptedException {
    SharedTasks<T> share = new SharedTasks<>(elements, task);
    List<Thread> others = new ArrayList<>();
    for (int i = 1; i < Math.min(size, elements.size()); i++) {
      Thread thread = new Thread(share, "stretcher-sync-" + i);
      thread.setDaemon(true);
      thread.start();
      others.add(thread);
    }
    share.run();
    join(others, share);
    share.rethrow();
  }

  /** Waits for all of them, also when interrupted: none may go on writing after the return. */
  private static void join(List<Thread> threads, SharedTasks<?> share) throws InterruptedException {
    boolean interrupted = share.isCancelled();
    if (interrupted) {
      threads.forEach(Thread::interrupt);
    }
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
          share.fail(e);
          threads.forEach(Thread::interrupt);
        }
      }
    }
    if (interrupted) {
      // Also if another failure came first: no one else is going to tell of the interrupt.
      throw new InterruptedException("cancelled");
    }
  }
}
