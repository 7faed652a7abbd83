package dev.stretcher.internal.hook;

import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reason;
import dev.stretcher.option.Settings;
import dev.stretcher.process.Command;
import dev.stretcher.process.Interrupts;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException.Failure;
import dev.stretcher.report.StretcherException.HookFailed;
import dev.stretcher.spi.Hook;
import dev.stretcher.spi.Hook.Phase;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs one command at a time, within its limit, and says why it failed. */
final class HookCalls {
  private final Engine engine;
  private final Map<String, String> inherited;

  HookCalls(Engine engine) {
    this.engine = engine;
    this.inherited = HookEnvironment.without(engine.environment());
  }

  /**
   * Returns a hook.
   *
   * @param reports takes what it prints
   */
  Hook hook(
      Phase phase,
      String line,
      Map<String, String> variables,
      Optional<InputStream> input,
      Consumer<DeployEvent> reports) {
    String user = engine.options().get(Settings.RUN_AS);
    return new Hook(
        phase,
        line,
        user.isEmpty() ? Optional.empty() : Optional.of(user),
        inherited,
        variables,
        WorkingDirectory.ofThisProcess().usable(),
        Command.DEFAULT_GRACE,
        input,
        (stream, text) -> reports.accept(new DeployEvent.HookPrinted(phase, stream, text)));
  }

  /**
   * Runs a hook.
   *
   * @param reports takes its begin, and its end whatever that is
   */
  void run(Hook hook, Optional<HookLimit> limit, Consumer<DeployEvent> reports)
      throws HookFailed, InterruptedException {
    reports.accept(new DeployEvent.HookStarted(hook.phase(), hook.command()));
    try {
      int status = status(hook, limit, reports);
      // A runner may say by a status what the interrupt did to the command.
      Interrupts.requireNone();
      if (status != 0) {
        throw failed(hook, status, Failure.of(explain(status)));
      }
    } catch (TimeoutException e) {
      throw failed(hook, null, limit.orElseThrow().exceeded());
    } catch (IOException | RuntimeException e) {
      Interrupts.rethrow(e);
      throw failed(hook, null, Failure.of(Reason.withFile(e)));
    }
  }

  private int status(Hook hook, Optional<HookLimit> limit, Consumer<DeployEvent> reports)
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
      reports.accept(new DeployEvent.HookEnded(hook.phase(), hook.command(), status, elapsed));
    }
  }

  private static HookFailed failed(Hook hook, @Nullable Integer status, Failure why) {
    String what =
        "%s command '%s': %s"
            .formatted(hook.phase().name().toLowerCase(Locale.ROOT), hook.command(), why.what());
    return new HookFailed(
        hook.phase(), hook.command(), status, new Failure(what, why.remedy(), why.cause()));
  }

  private static String explain(int status) {
    return status > 128 && status < 128 + 65
        ? "killed by signal " + (status - 128)
        : "exit status " + status;
  }
}
