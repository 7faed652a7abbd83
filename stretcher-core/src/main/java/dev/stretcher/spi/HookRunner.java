package dev.stretcher.spi;

import java.io.IOException;

/**
 * Runs the commands of a manifest. Thread-safe.
 *
 * <p>The default runs {@code sh -c} in a process group of its own.
 */
@FunctionalInterface
public interface HookRunner {
  /**
   * Runs a hook to its end.
   *
   * @return its exit status; 128 and more is a signal's number plus 128
   * @throws IOException if it could not be started
   * @throws InterruptedException if the thread was interrupted; the hook and its children are ended
   *     before it is thrown
   */
  int run(Hook hook) throws IOException, InterruptedException;
}
