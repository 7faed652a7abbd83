package dev.stretcher.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A few threads that share a list of tasks; the calling thread is one of them. Immutable and
 * thread-safe.
 */
public final class Workers {
  private static final int MOST = 8;

  private final String name;
  private final int size;

  /**
   * Creates workers; their threads are started for each list.
   *
   * @param name what the names of the threads begin with
   * @param size how many threads, the calling one included
   */
  public Workers(String name, int size) {
    this.name = name;
    this.size = size;
  }

  /** Returns as many workers as the machine has processors, within limits. */
  public static Workers forThisMachine(String name) {
    return new Workers(name, Math.min(MOST, Runtime.getRuntime().availableProcessors()));
  }

  /** Something to do for each element of a list. */
  @FunctionalInterface
  public interface Task<T> {
    /** Does the task for one element. */
    void run(T element) throws IOException, InterruptedException;
  }

  /**
   * Runs {@code task} for each element, several at a time, and returns when all have ended. Throws
   * the first failure; after it no further task begins, and running tasks are interrupted.
   */
  public <T> void forEach(List<T> elements, Task<T> task) throws IOException, InterruptedException {
    Share<T> share = new Share<>(elements, task, new AtomicInteger());
    List<Background<Share<T>, IOException>> others = new ArrayList<>();
    try {
      for (int i = 1; i < Math.min(size, elements.size()); i++) {
        others.add(Background.start(name + "-" + i, share));
      }
      share.call();
      for (Background<Share<T>, IOException> other : others) {
        other.await();
      }
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      share.next().set(elements.size());
      // None may go on writing after the return, and none while another one is waited for.
      others.forEach(Background::interrupt);
      others.forEach(Background::close);
      Interrupts.rethrow(e);
      throw e;
    }
  }

  /** The work of each thread: one task after the other, until there are none or one has failed. */
  private record Share<T>(List<T> elements, Task<T> task, AtomicInteger next)
      implements Background.Work<Share<T>, IOException> {
    @Override
    public Share<T> call() throws IOException, InterruptedException {
      try {
        for (int i = next.getAndIncrement(); i < elements.size(); i = next.getAndIncrement()) {
          Interrupts.requireNone();
          task.run(elements.get(i));
        }
        return this;
      } catch (IOException | InterruptedException | RuntimeException | Error e) {
        next.set(elements.size());
        throw e;
      }
    }
  }
}
