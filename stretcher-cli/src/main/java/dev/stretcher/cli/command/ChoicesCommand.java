package dev.stretcher.cli.command;

import dev.stretcher.cli.flag.FleetSettings;
import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.cli.fleet.StoreArgument;
import dev.stretcher.cli.invocation.Answer;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.ledger.Ledger;
import dev.stretcher.ledger.LedgerRecord;
import dev.stretcher.option.Setting;
import dev.stretcher.process.Background;
import dev.stretcher.store.KeyValue;
import dev.stretcher.store.KeyValueStore;
import dev.stretcher.text.Printable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Prints the names that completion cannot know beforehand: the apps of the store, the dests of the
 * ledger. It is no command for people, and in no summary: who presses Tab wants no error and does
 * not wait.
 */
final class ChoicesCommand implements Command {
  static final String NAME = "__choices";

  /** The argument for the apps of the store. */
  static final String APPS = "apps";

  /** The argument for the dests of the ledger. */
  static final String DESTS = "dests";

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String parameter() {
    return APPS + "|" + DESTS;
  }

  @Override
  public String summary() {
    return "Prints names for completion.";
  }

  @Override
  public List<Setting<?>> flags() {
    return List.of(FleetSettings.STORE);
  }

  @Override
  public int run(Invocation invocation) throws UsageException, InterruptedException {
    Background.Work<Set<String>, IOException> work =
        invocation.requireParameter().equals(DESTS)
            ? () -> dests(invocation.ledger())
            : apps(invocation);
    try {
      Answer.within(PATIENCE, NAME, work).forEach(invocation.out()::println);
    } catch (IOException | RuntimeException e) {
      // Who presses Tab wants no error.
    }
    return 0;
  }

  private static Background.Work<Set<String>, IOException> apps(Invocation invocation)
      throws UsageException {
    URI address = StoreArgument.address(invocation);
    return () -> {
      try (KeyValueStore store = StoreArgument.open(address, invocation)) {
        return apps(store);
      }
    };
  }

  private static Set<String> apps(KeyValueStore store) throws IOException, InterruptedException {
    Set<String> apps = new TreeSet<>();
    for (KeyValue entry : store.list(FleetKeys.DESIRED).entries()) {
      String name = entry.key().substring(FleetKeys.DESIRED.length());
      if (AppName.isOne(name)) {
        apps.add(name);
      }
    }
    return apps;
  }

  /** A name with a line break would be two. */
  private static Set<String> dests(Optional<Ledger> ledger) throws IOException {
    Set<String> dests = new TreeSet<>();
    if (ledger.isPresent()) {
      for (LedgerRecord record : ledger.get().contents().records()) {
        record.dest().filter(dest -> Printable.of(dest).equals(dest)).ifPresent(dests::add);
      }
    }
    return dests;
  }
}
