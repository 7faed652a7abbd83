package dev.stretcher.internal.hook;

import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.engine.SteadyClock;
import dev.stretcher.manifest.CommandList;
import dev.stretcher.manifest.Health;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException.HookFailed;
import dev.stretcher.spi.Hook;
import dev.stretcher.text.GoDuration;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs health commands round by round. The first run of a command is reported as that of any hook;
 * a later one only if the command ended otherwise than before, or the log would have nothing else.
 */
final class HealthRounds implements HealthCheck.Rounds {
  /** A command that passes and fails in turn would fill the log, too. */
  private static final int MOST_CHANGES = 20;

  private final SteadyClock clock;
  private final Reporter reporter;
  private final HookCalls calls;
  private final Health health;
  private final Map<String, String> variables;

  /** How each command ended last: the message of its failure, or nothing. */
  private final Map<CommandList.Item, String> ends = new HashMap<>();

  private int changes;
  private boolean news;

  HealthRounds(
      SteadyClock clock,
      Reporter reporter,
      HookCalls calls,
      Health health,
      Map<String, String> variables) {
    this.clock = clock;
    this.reporter = reporter;
    this.calls = calls;
    this.health = health;
    this.variables = variables;
  }

  @Override
  public Optional<HookFailed> run(Duration left) throws InterruptedException {
    long start = clock.nanoTime();
    for (CommandList.Item command : health.commands().commands()) {
      Duration used = Duration.ofNanos(clock.nanoTime() - start);
      Optional<HookFailed> failure = run(command, limit(command, used, left.minus(used)));
      if (failure.isPresent()) {
        return failure;
      }
    }
    return Optional.empty();
  }

  private HookLimit limit(CommandList.Item command, Duration used, Duration left) {
    HookLimit within =
        new HookLimit(
            "it", "what was left of health.within, " + GoDuration.format(health.within()), left);
    return HookLimit.of(health.commands(), command, used)
        .map(limit -> limit.orEarlier(within))
        .orElse(within);
  }

  private Optional<HookFailed> run(CommandList.Item command, HookLimit limit)
      throws InterruptedException {
    if (!ends.containsKey(command)) {
      Optional<HookFailed> failure = run(command, limit, reporter::report);
      ends.put(command, end(failure));
      news = true;
      return failure;
    }
    HeldReports held = new HeldReports();
    Optional<HookFailed> failure = run(command, limit, held);
    news = !end(failure).equals(ends.put(command, end(failure))) && ++changes <= MOST_CHANGES;
    if (news) {
      held.handTo(reporter);
    }
    return failure;
  }

  private Optional<HookFailed> run(
      CommandList.Item command, HookLimit limit, Consumer<DeployEvent> reports)
      throws InterruptedException {
    Hook hook = calls.hook(Hook.Phase.HEALTH, command.line(), variables, Optional.empty(), reports);
    try {
      calls.run(hook, Optional.of(limit), reports);
      return Optional.empty();
    } catch (HookFailed e) {
      return Optional.of(e);
    }
  }

  private static String end(Optional<HookFailed> failure) {
    return failure.map(HookFailed::getMessage).orElse("");
  }

  @Override
  public void retried(HookFailed failure, Duration left) {
    if (news) {
      reporter.report(new DeployEvent.HealthFailing(failure.what(), left));
    }
  }
}
