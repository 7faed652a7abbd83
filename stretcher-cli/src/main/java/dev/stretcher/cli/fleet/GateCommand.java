package dev.stretcher.cli.fleet;

import dev.stretcher.Stretcher;
import dev.stretcher.agent.Gate;
import dev.stretcher.cli.flag.CommandFlag;
import dev.stretcher.cli.flag.FleetSettings;
import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.cli.invocation.Example;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.fleet.AppName;
import dev.stretcher.json.JsonLine;
import dev.stretcher.option.Kinds;
import dev.stretcher.option.Options;
import dev.stretcher.option.Setting;
import dev.stretcher.text.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Waits until this host may start what it has of an app. */
public final class GateCommand implements Command {
  private static final int MAY_NOT = 1;
  private static final int NOT_KNOWN = 3;
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;
  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(2);
  private static final Duration MOST_PATIENCE = Duration.ofSeconds(30);
  private static final Duration NO_LIMIT = Duration.ofDays(10_000);

  private static final Setting<Duration> TIMEOUT =
      CommandFlag.of(
          "timeout",
          Kinds.DURATION.from(Duration.ZERO),
          Duration.ofMinutes(1),
          "How long to wait for an agent that may bring what is desired; 0 is no limit.");

  private static final Setting<Duration> MAX_AGE =
      CommandFlag.of(
          "max-age",
          Kinds.DURATION.from(Duration.ZERO),
          Duration.ZERO,
          "How long what was desired counts while the store is away; 0 is for ever.");

  @Override
  public String name() {
    return "gate";
  }

  @Override
  public String parameter() {
    return "APP";
  }

  @Override
  public String summary() {
    return "Waits until this host may start what it has.";
  }

  @Override
  public String statuses() {
    return "The exit status is 0 if it may start, 1 if it may not, 2 for wrong arguments, 3 if that"
        + " is not known in time.";
  }

  @Override
  public List<Setting<?>> flags() {
    return List.of(FleetSettings.STORE, TIMEOUT, MAX_AGE, FleetSettings.JSON);
  }

  @Override
  public boolean isInquiry(Options options) {
    return true;
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example(
            "Keep an outdated application from starting, in ExecStartPre=.",
            "stretcher gate shop --timeout 2m"));
  }

  @Override
  public int run(Invocation invocation) throws UsageException, InterruptedException {
    AppName app = StoreArgument.app(invocation);
    Path state = StoreArgument.state(invocation);
    try (Stretcher stretcher = invocation.stretcher(List.of())) {
      return StoreArgument.askThoughAway(
          invocation,
          NOT_KNOWN,
          store -> {
            Gate gate =
                new Gate(store, state, stretcher::releases, invocation.policy(), Clock.systemUTC());
            Gate.Decision decision = decide(gate, app, invocation.options());
            print(app, decision, invocation);
            return status(decision);
          });
    }
  }

  /** Asks until the app may start, or the time is over. */
  private static Gate.Decision decide(Gate gate, AppName app, Options options)
      throws IOException, InterruptedException {
    Duration maxAge = limit(options.get(MAX_AGE));
    long end = System.nanoTime() + limit(options.get(TIMEOUT)).toNanos();
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      Gate.Decision decision = gate.ask(app, maxAge, patience(end - System.nanoTime()));
      if (decision.answer() == Gate.Answer.MAY_START || System.nanoTime() - end >= 0) {
        return decision;
      }
      // All hosts of a fleet may wait, and each look asks the store.
      Thread.sleep(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    }
  }

  /** What is left, but not so little that a store which is there cannot answer. */
  private static Duration patience(long nanos) {
    Duration left = Duration.ofNanos(nanos);
    if (left.compareTo(LEAST_PATIENCE) < 0) {
      return LEAST_PATIENCE;
    }
    return left.compareTo(MOST_PATIENCE) > 0 ? MOST_PATIENCE : left;
  }

  private static Duration limit(Duration given) {
    return given.isZero() ? NO_LIMIT : given;
  }

  private static void print(AppName app, Gate.Decision decision, Invocation invocation) {
    if (invocation.options().get(FleetSettings.JSON)) {
      invocation
          .out()
          .println(
              new JsonLine()
                  .put("app", app.value())
                  .put("answer", decision.answer().name().toLowerCase(Locale.ROOT))
                  .put("reason", decision.reason())
                  .put("desired", decision.desired())
                  .put("live", decision.live()));
    } else {
      invocation.out().println(app + ": " + Printable.line(decision.reason()));
    }
  }

  private static int status(Gate.Decision decision) {
    return switch (decision.answer()) {
      case MAY_START -> 0;
      case MAY_NOT_START -> MAY_NOT;
      case NOT_KNOWN -> NOT_KNOWN;
    };
  }
}
