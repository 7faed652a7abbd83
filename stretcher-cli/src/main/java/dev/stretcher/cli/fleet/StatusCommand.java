package dev.stretcher.cli.fleet;

import dev.stretcher.cli.flag.CommandFlag;
import dev.stretcher.cli.flag.FleetSettings;
import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.cli.invocation.Example;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.cli.print.TerminalWidth;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.Counted;
import dev.stretcher.fleet.Fleet;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.FleetStatus;
import dev.stretcher.fleet.MalformedValueException;
import dev.stretcher.option.Options;
import dev.stretcher.option.Setting;
import dev.stretcher.store.KeyValue;
import dev.stretcher.store.KeyValueStore;
import dev.stretcher.text.Printable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Prints what is desired of an app, or of all, and what the hosts have. */
public final class StatusCommand implements Command {
  private static final int FAILURE = 1;
  private static final int USUAL_WIDTH = 80;

  private static final Setting<Boolean> WATCH =
      CommandFlag.onOff("watch", "Print it again whenever something changes.");

  @Override
  public String name() {
    return "status";
  }

  @Override
  public String parameter() {
    return "[APP]";
  }

  @Override
  public String summary() {
    return "Prints which host of a fleet has what.";
  }

  @Override
  public String statuses() {
    return "The exit status is 0 whatever the hosts have, 1 if the store cannot be asked, 2 for"
        + " wrong arguments.";
  }

  @Override
  public List<Setting<?>> flags() {
    return List.of(
        FleetSettings.STORE, FleetSettings.NODES, FleetSettings.SERVICE, FleetSettings.JSON, WATCH);
  }

  @Override
  public boolean isInquiry(Options options) {
    return true;
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example("See which hosts have what, and follow it.", "stretcher status shop --watch"));
  }

  @Override
  public boolean onlyLooks() {
    return true;
  }

  @Override
  public int run(Invocation invocation) throws UsageException, InterruptedException {
    Counted who = CountedArgument.of(invocation.options());
    return StoreArgument.ask(
        invocation,
        FAILURE,
        store -> {
          if (invocation.options().get(WATCH)) {
            new StatusWatch(store, invocation.out(), invocation.err(), TerminalWidth.isTerminal())
                .run(() -> lines(store, who, invocation));
          }
          List<String> lines = lines(store, who, invocation);
          lines.forEach(invocation.out()::println);
          if (lines.isEmpty()) {
            invocation
                .err()
                .println("nothing is desired in " + Printable.line(store.name()) + " of any app");
          }
          return 0;
        });
  }

  private static List<String> lines(KeyValueStore store, Counted who, Invocation invocation)
      throws IOException, InterruptedException {
    Fleet fleet = Fleet.over(store);
    List<String> lines = new ArrayList<>();
    for (AppName app : apps(store, invocation)) {
      try {
        lines.addAll(lines(fleet.status(app, who), invocation));
      } catch (MalformedValueException e) {
        invocation
            .err()
            .println("Warning: " + app + ": " + Printable.line(String.valueOf(e.getMessage())));
      }
    }
    return lines;
  }

  private static List<String> lines(FleetStatus status, Invocation invocation) {
    int width = TerminalWidth.of(invocation.surroundings().environment(), USUAL_WIDTH);
    return invocation.options().get(FleetSettings.JSON)
        ? StatusJson.lines(status)
        : new StatusTable(status, Math.max(width, USUAL_WIDTH)).lines();
  }

  /** Returns the app that is asked for, else all of which something is desired. */
  private static List<AppName> apps(KeyValueStore store, Invocation invocation)
      throws IOException, InterruptedException {
    if (invocation.parameter().isPresent()) {
      return List.of(new AppName(invocation.parameter().get()));
    }
    List<AppName> apps = new ArrayList<>();
    for (KeyValue entry : store.list(FleetKeys.DESIRED).entries()) {
      String name = entry.key().substring(FleetKeys.DESIRED.length());
      if (AppName.isOne(name)) {
        apps.add(new AppName(name));
      } else {
        invocation
            .err()
            .println("Warning: " + Printable.line(entry.key()) + " is no key of an app");
      }
    }
    return apps;
  }
}
