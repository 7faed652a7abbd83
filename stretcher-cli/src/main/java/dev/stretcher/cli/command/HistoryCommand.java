package dev.stretcher.cli.command;

import dev.stretcher.cli.flag.CommandFlag;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.cli.invocation.Example;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.cli.invocation.Reason;
import dev.stretcher.cli.print.HistoryTable;
import dev.stretcher.ledger.Ledger;
import dev.stretcher.ledger.LedgerRecord;
import dev.stretcher.option.Kinds;
import dev.stretcher.option.Options;
import dev.stretcher.option.Setting;
import dev.stretcher.report.Secrets;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.Printable;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Prints the deploys of this host that ended, the oldest first. */
final class HistoryCommand implements Command {
  /** Also that of {@link ReleasesCommand}. */
  static final Setting<Boolean> JSON =
      CommandFlag.onOff(
          "json", "Print all that is known of each deploy or release, as a line of JSON.");

  /** Also that of {@link ChoicesCommand}. */
  static final Setting<String> DEST =
      CommandFlag.text("dest", "DIR", "Print only the deploys to this directory.");

  private static final Setting<Integer> LAST =
      CommandFlag.of("n", Kinds.INT.from(0), 0, "Print only the last ones, so many; 0 is all.");

  @Override
  public String name() {
    return "history";
  }

  @Override
  public String summary() {
    return "Prints the deploys of this host that ended.";
  }

  @Override
  public List<Setting<?>> flags() {
    return List.of(DEST, LAST, JSON);
  }

  @Override
  public boolean isInquiry(Options options) {
    return true;
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example(
            "See the last ten deploys to a directory.",
            "stretcher history --dest /srv/shop -n 10"));
  }

  @Override
  public boolean onlyLooks() {
    return true;
  }

  @Override
  public int run(Invocation invocation) {
    Optional<Ledger> ledger = invocation.ledger();
    if (ledger.isEmpty()) {
      invocation.err().println("stretcher: there is no ledger; name its directory by --state-dir");
      return 1;
    }
    String directory = Printable.of(ledger.get().directory());
    try {
      Ledger speaking =
          ledger
              .get()
              .warning(text -> invocation.err().println("Warning: " + Printable.line(text)));
      List<LedgerRecord> records = chosen(speaking.records(), invocation);
      if (records.isEmpty()) {
        String dest = invocation.options().get(DEST);
        invocation
            .err()
            .println(
                "stretcher: no deploy %sthat has ended is recorded in %s"
                    .formatted(dest.isEmpty() ? "" : "to " + Printable.of(dest) + " ", directory));
      }
      print(records, invocation);
      return 0;
    } catch (IOException e) {
      invocation
          .err()
          .println(
              "stretcher: the ledger in %s cannot be read: %s"
                  .formatted(directory, Printable.of(Reason.of(e))));
      return 1;
    }
  }

  /** Returns the deploys that the flags ask for. */
  private static List<LedgerRecord> chosen(List<LedgerRecord> records, Invocation invocation) {
    Options options = invocation.options();
    String dest = options.get(DEST);
    List<LedgerRecord> chosen = dest.isEmpty() ? records : to(dest, records, invocation.secrets());
    int last = options.get(LAST);
    return last == 0 ? chosen : chosen.subList(Math.max(0, chosen.size() - last), chosen.size());
  }

  private static List<LedgerRecord> to(String dest, List<LedgerRecord> records, Secrets secrets) {
    Path path = NativeText.path(dest).toAbsolutePath().normalize();
    Set<Path> names = Set.copyOf(List.of(path, secrets.path(path)));
    return records.stream()
        .filter(record -> isName(record.dest(), names) || isName(record.place(), names))
        .toList();
  }

  /** What is damaged in a ledger may be no name of a file. */
  private static boolean isName(Optional<String> name, Set<Path> paths) {
    try {
      return name.isPresent() && paths.contains(NativeText.path(name.get()).normalize());
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static void print(List<LedgerRecord> records, Invocation invocation) {
    if (invocation.options().get(JSON)) {
      records.forEach(record -> invocation.out().println(record.json()));
    } else {
      HistoryTable.of(records, invocation.surroundings().environment())
          .lines()
          .forEach(invocation.out()::println);
    }
  }
}
