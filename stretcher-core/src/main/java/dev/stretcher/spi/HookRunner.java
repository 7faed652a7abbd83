package dev.stretcher.spi;

import java.io.IOException;
import java.util.Map;

/**
 * Runs the commands of a manifest. Thread-safe.
 *
 * <p>The default runs {@code sh -c} in a process group of its own. {@link Hook} says what a runner
 * has to heed. An interrupt ends a command that exceeds its timeout.
 *
 * <p>Given to the builder; or found with {@link java.util.ServiceLoader}, if {@link
 * dev.stretcher.option.Settings#HOOK_RUNNER} names it.
 */
@FunctionalInterface
public interface HookRunner {
  /**
   * Runs a hook to its end.
   *
   * @return its exit status; 128 and more is a signal's number plus 128
   * @throws IOException if the hook could not be started
   * @throws InterruptedException if the thread was interrupted; the hook and its children are ended
   *     before it is thrown
   */
  int run(Hook hook) throws IOException, InterruptedException;

  /**
   * Returns the name by which an operator chooses this runner. The default is the name of its
   * class.
   */
  default String name() {
    return getClass().getName();
  }

  /**
   * Checks, before anything is deployed, that hooks can be run as a user; called if {@code run_as}
   * is set. The default refuses: a runner that overrides this promises to heed {@link Hook#runAs}.
   *
   * @param user the name of the user
   * @param inherited the environment that hooks are going to inherit
   * @throws IllegalArgumentException if they cannot; its message says why
   */
  default void checkRunAs(String user, Map<String, String> inherited) {
    throw new IllegalArgumentException(
        "run_as: %s does not say that it runs commands as another user, here %s; let it heed Hook.runAs and override checkRunAs, or take away run_as or this hookRunner"
            .formatted(getClass().getName(), user));
  }
}
