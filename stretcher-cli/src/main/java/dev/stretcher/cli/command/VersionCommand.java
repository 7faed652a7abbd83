package dev.stretcher.cli.command;

import dev.stretcher.Stretcher;
import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.cli.invocation.Example;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.ledger.Ledger;
import dev.stretcher.text.Printable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Prints what this agent is and which places it uses: what a report of a defect needs. */
final class VersionCommand implements Command {
  @Override
  public String name() {
    return "version";
  }

  @Override
  public String summary() {
    return "Prints versions, and the places in use.";
  }

  @Override
  public List<Example> examples() {
    return List.of(new Example("See what to put into a report of a defect.", "stretcher version"));
  }

  /** A report of a defect may be about a configuration that cannot be used. */
  @Override
  public boolean readsConfiguration() {
    return false;
  }

  @Override
  public int run(Invocation invocation) {
    String java = System.getProperty("java.version") + ", " + System.getProperty("java.home");
    print(invocation, "stretcher", Stretcher.version());
    print(invocation, "java", java);
    print(invocation, "installation", said("stretcher.home"));
    print(invocation, "cache", said("stretcher.cache"));
    printConfigured(invocation);
    return 0;
  }

  /** Returns what the launcher says; there may be no launcher, or no cache. */
  private static String said(String property) {
    String said = System.getProperty(property, "");
    return said.isEmpty() ? "-" : said;
  }

  private static void printConfigured(Invocation invocation) {
    String configuration = shown(Optional.of(invocation.config()));
    try {
      Optional<Ledger> ledger = invocation.configured().ledger();
      print(invocation, "configuration", configuration);
      print(invocation, "state", shown(ledger.map(Ledger::directory)));
    } catch (UsageException e) {
      print(
          invocation,
          "configuration",
          configuration + " (stretcher doctor says why it is not used)");
      print(invocation, "state", "-");
    }
  }

  private static String shown(Optional<Path> place) {
    return place
        .map(path -> Printable.of(path) + (Files.exists(path) ? "" : " (not there)"))
        .orElse("-");
  }

  private static void print(Invocation invocation, String name, String value) {
    invocation.out().println("%-14s %s".formatted(name, value));
  }
}
