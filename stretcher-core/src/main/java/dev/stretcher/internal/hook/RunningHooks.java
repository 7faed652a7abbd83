package dev.stretcher.internal.hook;

import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.manifest.CommandList;
import dev.stretcher.manifest.Commands;
import dev.stretcher.manifest.Health;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.process.Interrupts;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException;
import dev.stretcher.report.StretcherException.HookFailed;
import dev.stretcher.spi.Hook;
import dev.stretcher.spi.Hook.Phase;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Runs the commands of a manifest. One thread at a time may use it. */
public final class RunningHooks implements Hooks {
  private final Engine engine;
  private final Reporter reporter;
  private final Commands commands;
  private final Health health;
  private final HookCalls calls;
  private HookEnvironment environment;

  public RunningHooks(
      Engine engine, Reporter reporter, Manifest manifest, HookEnvironment environment) {
    this.engine = engine;
    this.reporter = reporter;
    this.commands = manifest.commands();
    this.health = manifest.health();
    this.calls = new HookCalls(engine);
    this.environment = environment;
  }

  @Override
  public boolean hasPre() {
    return !commands.pre().isEmpty();
  }

  @Override
  public void releasing(String id, Optional<String> previous, Path link) {
    environment = environment.releasing(id, previous, link);
  }

  @Override
  public void rolledBackTo(String id) {
    environment = environment.rolledBackTo(id);
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
  public void health() throws HookFailed, InterruptedException {
    if (health.isEmpty()) {
      return;
    }
    HealthRounds rounds =
        new HealthRounds(engine.steadyClock(), reporter, calls, health, environment.running());
    HealthCheck.Passed passed = new HealthCheck(health, engine.steadyClock(), rounds).run();
    reporter.report(
        new DeployEvent.HealthPassed(health.steady(), passed.rounds(), passed.elapsed()));
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
      run(phase, command, environment.running(), Optional.empty(), limit(list, command, start));
    }
  }

  private void tellAll(Phase phase, CommandList list, Map<String, String> variables)
      throws InterruptedException {
    long start = System.nanoTime();
    for (CommandList.Item command : list.commands()) {
      Optional<InputStream> log = Optional.of(reporter.logSoFar());
      try {
        run(phase, command, variables, log, limit(list, command, start));
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

  private void run(
      Phase phase,
      CommandList.Item command,
      Map<String, String> variables,
      Optional<InputStream> input,
      Optional<HookLimit> limit)
      throws HookFailed, InterruptedException {
    Hook hook = calls.hook(phase, command.line(), variables, input, reporter::report);
    calls.run(hook, limit, reporter::report);
  }

  private static Optional<HookLimit> limit(CommandList list, CommandList.Item command, long start) {
    return HookLimit.of(list, command, Duration.ofNanos(System.nanoTime() - start));
  }
}
