package dev.stretcher.examples;

import dev.stretcher.process.ChildProcess;
import dev.stretcher.process.Command;
import dev.stretcher.spi.Hook;
import dev.stretcher.spi.HookOutput;
import dev.stretcher.spi.HookRunner;
import java.io.IOException;
import java.util.List;

/**
 * Runs commands with a low priority, so that a cache that is warmed up in a {@code post} command
 * does not slow down the service beside it. It runs them as the agent's user, and so it is refused
 * with {@code run_as}. Stateless and thread-safe.
 */
public final class NiceHookRunner implements HookRunner {
  /** Creates the runner. */
  public NiceHookRunner() {}

  @Override
  public String name() {
    return "nice";
  }

  @Override
  public int run(Hook hook) throws IOException, InterruptedException {
    Command command =
        Command.of(List.of("nice", "-n", "10", "sh", "-c", hook.command()))
            .withInherited(hook.inherited())
            .withEnvironment(hook.environment())
            .withDirectory(hook.directory())
            .withGrace(hook.grace())
            .withOutput(
                line -> hook.output().line(HookOutput.Stream.OUT, line),
                line -> hook.output().line(HookOutput.Stream.ERR, line));
    return ChildProcess.run(hook.input().map(command::withInput).orElse(command));
  }
}
