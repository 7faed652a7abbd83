package dev.stretcher.cli.command;

import dev.stretcher.Stretcher;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.cli.invocation.Example;
import dev.stretcher.cli.invocation.Invocation;
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

  @Override
  public int run(Invocation invocation) {
    String java = System.getProperty("java.version") + ", " + System.getProperty("java.home");
    print(invocation, "stretcher", Stretcher.version());
    print(invocation, "java", java);
    print(invocation, "installation", System.getProperty("stretcher.home", "-"));
    print(invocation, "cache", System.getProperty("stretcher.cache", "-"));
    print(invocation, "configuration", shown(Optional.of(invocation.config())));
    print(invocation, "state", shown(invocation.ledger().map(ledger -> ledger.directory())));
    return 0;
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
