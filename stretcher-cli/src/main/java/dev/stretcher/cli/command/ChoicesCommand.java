package dev.stretcher.cli.command;

import dev.stretcher.cli.flag.FleetSettings;
import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.cli.fleet.StoreArgument;
import dev.stretcher.cli.invocation.Answer;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.option.Kinds;
import dev.stretcher.option.Setting;
import dev.stretcher.process.Background;
import dev.stretcher.store.KeyValueStore;
import dev.stretcher.text.Printable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Prints the names that completion cannot know beforehand: of the store, of the ledger, and of
 * releases. It is no command for people, and in no summary: who presses Tab wants no error and does
 * not wait.
 */
final class ChoicesCommand implements Command {
  static final String NAME = "__choices";

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String parameter() {
    return String.join("|", Kinds.oneOf(Names.values()).choices());
  }

  @Override
  public String summary() {
    return "Prints names for completion.";
  }

  /** The app or the dest that stands on the line; without one, those of all are printed. */
  @Override
  public List<Setting<?>> flags() {
    return List.of(FleetSettings.STORE, FleetSettings.APP, HistoryCommand.DEST);
  }

  @Override
  public boolean onlyLooks() {
    return true;
  }

  @Override
  public int run(Invocation invocation) throws UsageException, InterruptedException {
    Names names = Kinds.oneOf(Names.values()).parse(invocation.requireParameter());
    try {
      // A name with a line break would be two.
      Answer.within(PATIENCE, NAME, work(names, invocation)).stream()
          .filter(name -> Printable.of(name).equals(name))
          .forEach(invocation.out()::println);
    } catch (IOException | RuntimeException e) {
      // Who presses Tab wants no error.
    }
    return 0;
  }

  private static Background.Work<Collection<String>, IOException> work(
      Names names, Invocation invocation) throws UsageException {
    return switch (names) {
      case DESTS -> () -> HostNames.dests(invocation);
      case RELEASES -> () -> HostNames.releases(invocation);
      case APPS, VERSIONS, NODES, PLACES -> asked(names, invocation);
    };
  }

  private static Background.Work<Collection<String>, IOException> asked(
      Names names, Invocation invocation) throws UsageException {
    URI address = StoreArgument.address(invocation);
    return () -> {
      try (KeyValueStore store = StoreArgument.open(address, invocation)) {
        return new StoreNames(store, invocation.options().get(FleetSettings.APP)).of(names);
      }
    };
  }

  /** What is named. */
  enum Names {
    /** The apps of the store. */
    APPS,
    /** The versions that the store has had. */
    VERSIONS,
    /** The hosts that have reported. */
    NODES,
    /** Where versions were published to. */
    PLACES,
    /** The dests of the ledger. */
    DESTS,
    /** The releases of dests that keep them. */
    RELEASES
  }
}
