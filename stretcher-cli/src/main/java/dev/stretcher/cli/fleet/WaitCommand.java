package dev.stretcher.cli.fleet;

import dev.stretcher.cli.flag.CommandFlag;
import dev.stretcher.cli.flag.FleetSettings;
import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.cli.invocation.Example;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.cli.log.HostProgress;
import dev.stretcher.cli.print.TerminalWidth;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.AwaitResult;
import dev.stretcher.fleet.Counted;
import dev.stretcher.fleet.Fleet;
import dev.stretcher.fleet.FleetStatus;
import dev.stretcher.fleet.HostReport;
import dev.stretcher.fleet.MalformedValueException;
import dev.stretcher.fleet.Standing;
import dev.stretcher.option.Kinds;
import dev.stretcher.option.Options;
import dev.stretcher.option.Setting;
import dev.stretcher.store.KeyValueStore;
import dev.stretcher.text.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Waits until all hosts have what is desired, and says which ones do not. */
public final class WaitCommand implements Command {
  private static final int FAILURE = 1;
  private static final int TIMED_OUT = 3;
  private static final long LINE_MILLIS = 10_000;
  private static final int USUAL_WIDTH = 80;
  private static final Duration NO_LIMIT = Duration.ofDays(10_000);

  private static final Setting<Duration> TIMEOUT =
      CommandFlag.of(
          "timeout",
          Kinds.DURATION.from(Duration.ZERO),
          Duration.ofMinutes(10),
          "How long to wait; 0 is no limit.");

  private static final Setting<String> ID =
      CommandFlag.text(
          "id", "ID", "what is desired now", "The version that the hosts should have.");

  private static final Setting<Integer> MAX_FAILURES =
      CommandFlag.of("max-failures", Kinds.INT.from(0), 0, "How many hosts it may fail on.");

  @Override
  public String name() {
    return "wait";
  }

  @Override
  public String parameter() {
    return "APP";
  }

  @Override
  public String summary() {
    return "Waits until all hosts have what they should.";
  }

  @Override
  public String statuses() {
    return "The exit status is 0 if all hosts have it, 1 if it failed on too many, 2 for wrong"
        + " arguments, 3 at the time-out.";
  }

  @Override
  public List<Setting<?>> flags() {
    return List.of(
        FleetSettings.STORE,
        FleetSettings.NODES,
        FleetSettings.SERVICE,
        ID,
        MAX_FAILURES,
        TIMEOUT,
        FleetSettings.JSON);
  }

  @Override
  public boolean isInquiry(Options options) {
    return true;
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example(
            "Wait in a pipeline until all hosts have a version.",
            "stretcher wait shop --timeout 5m"));
  }

  @Override
  public boolean onlyLooks() {
    return true;
  }

  @Override
  public int run(Invocation invocation) throws UsageException, InterruptedException {
    AppName app = StoreArgument.app(invocation);
    Counted who = CountedArgument.of(invocation.options());
    return StoreArgument.ask(
        invocation,
        FAILURE,
        store -> {
          AwaitResult result = wait(store, app, who, invocation);
          if (result.last().isPresent() && who instanceof Counted.Reporting) {
            DeadHosts.of(Fleet.over(store), result.last().get())
                .forEach(line -> invocation.err().println(Printable.line(line)));
          }
          return answer(app, result, invocation);
        });
  }

  private static AwaitResult wait(
      KeyValueStore store, AppName app, Counted who, Invocation invocation)
      throws MalformedValueException, InterruptedException {
    Options options = invocation.options();
    String id = options.get(ID);
    Duration timeout = options.get(TIMEOUT);
    boolean terminal = invocation.surroundings().terminal();
    try (HostProgress progress = new HostProgress(invocation.err(), terminal, LINE_MILLIS)) {
      return Fleet.over(store)
          .await(
              app,
              id.isEmpty() ? Optional.empty() : Optional.of(id),
              who,
              options.get(MAX_FAILURES),
              timeout.isZero() ? NO_LIMIT : timeout,
              new WaitListener(app, progress));
    }
  }

  private static int answer(AppName app, AwaitResult result, Invocation invocation) {
    if (result.last().isEmpty()) {
      invocation.err().println("stretcher: the store has not answered in time");
      return TIMED_OUT;
    }
    FleetStatus status = result.last().get();
    if (invocation.options().get(FleetSettings.JSON)) {
      StatusJson.lines(status).forEach(invocation.out()::println);
      return status(result.end());
    }
    String what = status.desired().map(desired -> desired.id()).orElse("nothing is desired");
    String summary = "%s: %s: %s".formatted(app, what, Tally.of(status).text());
    switch (result.end()) {
      case LIVE -> invocation.out().println(summary);
      case SUPERSEDED -> invocation.err().println(summary + "; something else is desired by now");
      case FAILED, TIMED_OUT -> {
        print(status, invocation);
        invocation.err().println(summary + notDesired(status, invocation.options().get(ID)));
      }
    }
    return status(result.end());
  }

  private static String notDesired(FleetStatus status, String id) {
    return id.isEmpty() || status.desired().filter(now -> now.id().equals(id)).isPresent()
        ? ""
        : "; %s was not desired meanwhile, see how it is spelt".formatted(id);
  }

  private static int status(AwaitResult.End end) {
    return switch (end) {
      case LIVE -> 0;
      case FAILED, SUPERSEDED -> FAILURE;
      case TIMED_OUT -> TIMED_OUT;
    };
  }

  /** Names the hosts that do not have it. */
  private static void print(FleetStatus status, Invocation invocation) {
    List<HostReport> without = new ArrayList<>();
    for (HostReport host : status.hosts()) {
      if (host.standing(status.desired()) != Standing.LIVE) {
        without.add(host);
      }
    }
    int width = TerminalWidth.of(invocation.surroundings().environment(), USUAL_WIDTH);
    new StatusTable(
            new FleetStatus(status.app(), status.desired(), without, status.at()),
            Math.max(width, USUAL_WIDTH))
        .hosts()
        .forEach(invocation.err()::println);
  }
}
