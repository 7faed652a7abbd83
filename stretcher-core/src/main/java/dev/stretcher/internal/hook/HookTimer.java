package dev.stretcher.internal.hook;

import dev.stretcher.process.Background;
import dev.stretcher.spi.Hook;
import dev.stretcher.spi.HookRunner;
import java.io.IOException;
import java.time.Duration;
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
    try (Background<Integer, IOException> running =
        Background.start("stretcher-hook", Background.ofPlugin(() -> runner.run(hook)))) {
      return running.await(Math.max(0, limit.toNanos()));
    }
  }
}
