package dev.stretcher.internal.hook;

import dev.stretcher.process.Interrupts;
import dev.stretcher.process.Threads;
import dev.stretcher.spi.Hook;
import dev.stretcher.spi.HookRunner;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs commands no longer than they may take. */
final class HookTimer {
  private final HookRunner runner;

  HookTimer(HookRunner runner) {
    this.runner = runner;
  }

  /**
   * Runs a hook in a thread of its own; to end that is to end the hook, with all its children.
   *
   * @throws TimeoutException if it was ended because the time was over
   */
  int run(Hook hook, Duration limit) throws IOException, InterruptedException, TimeoutException {
    FutureTask<Integer> task = new FutureTask<>(() -> runner.run(hook));
    Thread thread = new Thread(task, "stretcher-hook");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(Math.max(0, limit.toNanos()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      Interrupts.rethrow(e);
      throw Threads.failure(e);
    } finally {
      Threads.end(thread);
    }
  }
}
