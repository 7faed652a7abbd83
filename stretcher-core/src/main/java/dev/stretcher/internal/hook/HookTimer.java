package dev.stretcher.internal.hook;

import dev.stretcher.process.Background;
import dev.stretcher.spi.Hook;
import dev.stretcher.spi.HookRunner;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Runs commands within their time limits. */
final class HookTimer {
  private final HookRunner runner;

  HookTimer(HookRunner runner) {
    this.runner = runner;
  }

  /**
   * Runs a hook in a thread of its own; an interrupt of that thread ends the hook, with all its
   * children.
   *
   * @throws TimeoutException if the hook was ended because it exceeded its limit
   */
  int run(Hook hook, Duration limit) throws IOException, InterruptedException, TimeoutException {
    try (Background<Integer, IOException> running =
        Background.start("stretcher-hook", Background.ofPlugin(() -> runner.run(hook)))) {
      return running.await(Math.max(0, limit.toNanos()));
    }
  }
}
