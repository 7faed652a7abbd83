package dev.stretcher.internal.hook;

import dev.stretcher.process.ChildProcess;
import dev.stretcher.process.Command;
import dev.stretcher.spi.Hook;
import dev.stretcher.spi.HookOutput.Stream;
import dev.stretcher.spi.HookRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a hook by {@code sh -c}, in a process group of its own, see {@link ChildProcess}.
 *
 * <p>STDOUT and STDERR of {@code pre} and {@code post} hooks are merged in the order of writing,
 * and delivered as STDOUT; those of {@code success} and {@code failure} hooks are delivered
 * separately. Immutable and thread-safe.
 */
public final class ShellHookRunner implements HookRunner {
  private final Map<String, String> inherited;
  private final Path directory;
  private final Duration grace;
  private final Optional<Account> account;

  /**
   * Creates a runner.
   *
   * @param inherited the environment that a hook's is added to
   * @param directory where hooks run, absolute; {@code /} instead when it is missing or may not be
   *     entered
   * @param grace how long a hook may take to end after it was told to; then it is killed
   */
  public ShellHookRunner(Map<String, String> inherited, Path directory, Duration grace) {
    this(inherited, directory, grace, Optional.empty());
  }

  private ShellHookRunner(
      Map<String, String> inherited, Path directory, Duration grace, Optional<Account> account) {
    this.inherited = Map.copyOf(inherited);
    this.directory = directory;
    this.grace = grace;
    this.account = account;
  }

  /**
   * Creates a runner with the directory of this process and the usual grace.
   *
   * @param inherited the environment that a hook's is added to
   * @param user whom hooks run as; empty is the user of this process
   * @throws IllegalArgumentException if there is no such user, or this process may not become it
   */
  public static ShellHookRunner create(Map<String, String> inherited, Optional<String> user) {
    return new ShellHookRunner(
        inherited,
        Path.of("").toAbsolutePath(),
        Command.DEFAULT_GRACE,
        user.map(name -> Account.find(name, inherited)));
  }

  @Override
  public int run(Hook hook) throws IOException, InterruptedException {
    Command command = command(hook).withDirectory(usableDirectory()).withGrace(grace);
    if (hook.input().isPresent()) {
      command = command.withInput(hook.input().get());
    }
    return ChildProcess.run(withOutput(command, hook));
  }

  private Command command(Hook hook) throws IOException {
    return account.isPresent()
        ? account.get().run(hook.command(), hook.environment(), inherited)
        : Command.of(List.of("sh", "-c", hook.command()))
            .withInherited(inherited)
            .withEnvironment(hook.environment());
  }

  private static Command withOutput(Command command, Hook hook) {
    return switch (hook.phase()) {
      case PRE, POST -> command.withOutput(line -> hook.output().line(Stream.OUT, line));
      case SUCCESS, FAILURE ->
          command.withOutput(
              line -> hook.output().line(Stream.OUT, line),
              line -> hook.output().line(Stream.ERR, line));
    };
  }

  // A deploy may replace the very directory that the agent was started in.
  private Path usableDirectory() {
    return Files.isDirectory(directory) && Files.isExecutable(directory) ? directory : Path.of("/");
  }
}
