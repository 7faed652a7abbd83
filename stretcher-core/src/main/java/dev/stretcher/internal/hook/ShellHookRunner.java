package dev.stretcher.internal.hook;

import dev.stretcher.process.ChildProcess;
import dev.stretcher.process.Command;
import dev.stretcher.process.Interrupts;
import dev.stretcher.spi.Hook;
import dev.stretcher.spi.HookOutput.Stream;
import dev.stretcher.spi.HookRunner;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs a hook by {@code sh -c}, in a process group of its own, see {@link ChildProcess}.
 *
 * <p>STDOUT and STDERR of {@code pre} and {@code post} hooks are merged in the order of writing,
 * and delivered as STDOUT; those of {@code success} and {@code failure} hooks are delivered
 * separately. Thread-safe; a user is looked up once.
 */
public final class ShellHookRunner implements HookRunner {
  private final Map<String, Account> accounts = new ConcurrentHashMap<>();

  /** Creates a runner. */
  public ShellHookRunner() {}

  /**
   * Looks the user up.
   *
   * @throws IllegalArgumentException if there is no such user, or this process may not become it
   * @throws IllegalStateException if the thread was interrupted meanwhile, and still is
   */
  @Override
  public void checkRunAs(String user, Map<String, String> inherited) {
    try {
      account(user, inherited);
    } catch (InterruptedException e) {
      throw new IllegalStateException(
          "interrupted while looking for the user " + user, Interrupts.asIoException(e));
    }
  }

  private Account account(String user, Map<String, String> inherited) throws InterruptedException {
    Account known = accounts.get(user);
    if (known != null) {
      return known;
    }
    Account found = Account.find(user, inherited);
    accounts.put(user, found);
    return found;
  }

  @Override
  public int run(Hook hook) throws IOException, InterruptedException {
    Command command = command(hook).withDirectory(hook.directory()).withGrace(hook.grace());
    if (hook.input().isPresent()) {
      command = command.withInput(hook.input().get());
    }
    return ChildProcess.run(withOutput(command, hook));
  }

  private Command command(Hook hook) throws IOException, InterruptedException {
    return hook.runAs().isPresent()
        ? account(hook.runAs().get(), hook.inherited())
            .run(hook.command(), hook.environment(), hook.inherited())
        : Command.of(List.of("sh", "-c", hook.command()))
            .withInherited(hook.inherited())
            .withEnvironment(hook.environment());
  }

  private static Command withOutput(Command command, Hook hook) {
    return hook.phase().isAfterResult()
        ? command.withOutput(
            line -> hook.output().line(Stream.OUT, line),
            line -> hook.output().line(Stream.ERR, line))
        : command.withOutput(line -> hook.output().line(Stream.OUT, line));
  }
}
