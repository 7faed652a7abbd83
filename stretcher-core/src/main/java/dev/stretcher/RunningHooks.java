package dev.stretcher;

import dev.stretcher.StretcherException.Failure;
import dev.stretcher.StretcherException.HookFailed;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.spi.Hook;
import dev.stretcher.spi.Hook.Phase;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Runs the commands of a manifest. */
final class RunningHooks implements Hooks {
  private final Engine engine;
  private final Reporter reporter;
  private final Manifest manifest;

  RunningHooks(Engine engine, Reporter reporter, Manifest manifest) {
    this.engine = engine;
    this.reporter = reporter;
    this.manifest = manifest;
  }

  @Override
  public boolean hasPre() {
    return !manifest.commands().pre().isEmpty();
  }

  @Override
  public void pre() throws HookFailed, InterruptedException {
    runAll(Phase.PRE, manifest.commands().pre());
  }

  @Override
  public void post() throws HookFailed, InterruptedException {
    runAll(Phase.POST, manifest.commands().post());
  }

  @Override
  public void success() throws InterruptedException {
    tellAll(Phase.SUCCESS, manifest.commands().success());
  }

  @Override
  public void failure() throws InterruptedException {
    tellAll(Phase.FAILURE, manifest.commands().failure());
  }

  private void runAll(Phase phase, List<String> commands) throws HookFailed, InterruptedException {
    for (String command : commands) {
      run(phase, command, Optional.empty());
    }
  }

  private void tellAll(Phase phase, List<String> commands) throws InterruptedException {
    for (String command : commands) {
      try {
        run(phase, command, Optional.of(reporter.logSoFar()));
      } catch (HookFailed e) {
        reporter.report(new DeployEvent.Warning(e.getMessage()));
        return;
      }
    }
  }

  private void run(Phase phase, String command, Optional<InputStream> input)
      throws HookFailed, InterruptedException {
    reporter.report(new DeployEvent.HookStarted(phase, command));
    Hook hook =
        new Hook(
            phase,
            command,
            manifest.env(),
            input,
            (stream, line) -> reporter.report(new DeployEvent.HookPrinted(phase, stream, line)));
    try {
      int status = engine.hookRunner().run(hook);
      if (status != 0) {
        throw new HookFailed(phase, command, status, failure(phase, command, explain(status)));
      }
    } catch (IOException | RuntimeException e) {
      throw new HookFailed(phase, command, null, failure(phase, command, Reason.withFile(e)));
    }
  }

  private static Failure failure(Phase phase, String command, String why) {
    return Failure.of(
        "%s command '%s': %s"
            .formatted(phase.name().toLowerCase(java.util.Locale.ROOT), command, why));
  }

  private static String explain(int status) {
    return status > 128 && status < 128 + 65
        ? "killed by signal " + (status - 128)
        : "exit status " + status;
  }
}
