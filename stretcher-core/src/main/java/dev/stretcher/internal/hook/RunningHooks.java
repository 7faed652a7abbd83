package dev.stretcher.internal.hook;

import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reason;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.manifest.CommandList;
import dev.stretcher.manifest.Commands;
import dev.stretcher.option.Settings;
import dev.stretcher.process.Command;
import dev.stretcher.process.Interrupts;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException;
import dev.stretcher.report.StretcherException.Failure;
import dev.stretcher.report.StretcherException.HookFailed;
import dev.stretcher.spi.Hook;
import dev.stretcher.spi.Hook.Phase;
import dev.stretcher.text.GoDuration;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs the commands of a manifest. */
public final class RunningHooks implements Hooks {
  private final Engine engine;
  private final Reporter reporter;
  private final Commands commands;
  private final HookEnvironment environment;
  private final Map<String, String> inherited;

  public RunningHooks(
      Engine engine, Reporter reporter, Commands commands, HookEnvironment environment) {
    this.engine = engine;
    this.reporter = reporter;
    this.commands = commands;
    this.environment = environment;
    this.inherited = HookEnvironment.without(engine.environment());
  }

  @Override
  public boolean hasPre() {
    return !commands.pre().isEmpty();
  }

  @Override
  public void pre() throws HookFailed, InterruptedException {
    runAll(Phase.PRE, commands.pre());
  }

  @Override
  public void post() throws HookFailed, InterruptedException {
    runAll(Phase.POST, commands.post());
  }

  @Override
  public void success() throws InterruptedException {
    tellAll(Phase.SUCCESS, commands.success(), environment.succeeded());
  }

  @Override
  public void failure(StretcherException cause) throws InterruptedException {
    tellAll(Phase.FAILURE, commands.failure(), environment.failed(cause, engine.secrets()));
  }

  private void runAll(Phase phase, CommandList list) throws HookFailed, InterruptedException {
    long start = System.nanoTime();
    for (CommandList.Item command : list.commands()) {
      Hook hook = hook(phase, command, environment.running(), Optional.empty());
      run(hook, limit(list, command, start));
    }
  }

  private void tellAll(Phase phase, CommandList list, Map<String, String> variables)
      throws InterruptedException {
    long start = System.nanoTime();
    for (CommandList.Item command : list.commands()) {
      Hook hook = hook(phase, command, variables, Optional.of(reporter.logSoFar()));
      try {
        run(hook, limit(list, command, start));
      } catch (HookFailed e) {
        reporter.report(new DeployEvent.Warning(e.getMessage()));
        return;
      } catch (Error e) {
        // A runner's defect must not hide how the deploy ended.
        Interrupts.rethrow(e);
        reporter.report(new DeployEvent.Warning(new StretcherException.Defect(e).getMessage()));
        return;
      }
    }
  }

  private Hook hook(
      Phase phase,
      CommandList.Item command,
      Map<String, String> variables,
      Optional<InputStream> input) {
    reporter.report(new DeployEvent.HookStarted(phase, command.line()));
    String user = engine.options().get(Settings.RUN_AS);
    return new Hook(
        phase,
        command.line(),
        user.isEmpty() ? Optional.empty() : Optional.of(user),
        inherited,
        variables,
        WorkingDirectory.ofThisProcess().usable(),
        Command.DEFAULT_GRACE,
        input,
        (stream, line) -> reporter.report(new DeployEvent.HookPrinted(phase, stream, line)));
  }

  /**
   * The limit of a command.
   *
   * @param whose what it belongs to: the command itself or its list
   * @param said the limit in the manifest
   * @param left the time that is left
   */
  private record Limit(String whose, Duration said, Duration left) {}

  /** Returns the limit that ends first, that of the command or that of its list. */
  private static Optional<Limit> limit(CommandList list, CommandList.Item command, long start) {
    Optional<Limit> own = command.timeout().map(said -> new Limit("it", said, said));
    Duration used = Duration.ofNanos(System.nanoTime() - start);
    Optional<Limit> whole =
        list.timeout().map(said -> new Limit("the list that it is in", said, said.minus(used)));
    return Stream.concat(own.stream(), whole.stream()).min((a, b) -> a.left().compareTo(b.left()));
  }

  private void run(Hook hook, Optional<Limit> limit) throws HookFailed, InterruptedException {
    try {
      int status = status(hook, limit);
      // A runner may say by a status what the interrupt did to the command.
      Interrupts.requireNone();
      if (status != 0) {
        throw failed(hook, status, explain(status));
      }
    } catch (TimeoutException e) {
      throw failed(
          hook,
          null,
          "%s did not end within %s, and it was ended with its process group; find out what it waits"
                  .formatted(limit.orElseThrow().whose(), GoDuration.format(limit.get().said()))
              + " for, or raise that timeout");
    } catch (IOException | RuntimeException e) {
      Interrupts.rethrow(e);
      throw failed(hook, null, Reason.withFile(e));
    }
  }

  /** Runs a command, and reports its end whatever that is. */
  private int status(Hook hook, Optional<Limit> limit)
      throws IOException, InterruptedException, TimeoutException {
    long start = System.nanoTime();
    Optional<Integer> status = Optional.empty();
    try {
      int number =
          limit.isPresent()
              ? new HookTimer(engine.hookRunner()).run(hook, limit.get().left())
              : engine.hookRunner().run(hook);
      status = Optional.of(number);
      return number;
    } finally {
      Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
      reporter.report(new DeployEvent.HookEnded(hook.phase(), hook.command(), status, elapsed));
    }
  }

  private static HookFailed failed(Hook hook, @Nullable Integer status, String why) {
    return new HookFailed(
        hook.phase(),
        hook.command(),
        status,
        Failure.of(
            "%s command '%s': %s"
                .formatted(hook.phase().name().toLowerCase(Locale.ROOT), hook.command(), why)));
  }

  private static String explain(int status) {
    return status > 128 && status < 128 + 65
        ? "killed by signal " + (status - 128)
        : "exit status " + status;
  }
}
