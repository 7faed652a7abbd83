package dev.stretcher.cli;

import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/**
 * What the command line can be asked to do.
 *
 * @param name empty for what is done without a subcommand
 * @param parameter what its argument is called; empty if it takes none
 * @param flag one that only it has
 */
record Subcommand(String name, String parameter, Optional<Option> flag, String description) {
  static final Subcommand AGENT =
      new Subcommand(
          "",
          "",
          Optional.empty(),
          "Reads one event from STDIN and deploys the manifest that it names. Subcommands, see"
              + " stretcher SUBCOMMAND --help: deploy URL deploys a manifest without an event;"
              + " check FILE|URL prints what a deploy would do; history prints the deploys of this"
              + " host; prepare, without flags, makes the archive of classes that starts it"
              + " faster.");
  static final Subcommand DEPLOY =
      new Subcommand(
          "deploy",
          "URL",
          Optional.of(Flags.DRY_RUN),
          "Deploys the manifest at URL, without an event.");
  static final Subcommand CHECK =
      new Subcommand(
          "check",
          "FILE|URL",
          Optional.of(Flags.AGAINST_DEST),
          "Reads a manifest and prints what a deploy would do. Exits with 1 and all problems if one"
              + " was found.");

  static final Subcommand HISTORY =
      new Subcommand(
          "history",
          "",
          Optional.empty(),
          "Prints the deploys of this host that ended, the oldest first, from the ledger.");

  static final List<Subcommand> NAMED = List.of(DEPLOY, CHECK, HISTORY);

  boolean is(Subcommand other) {
    return name.equals(other.name);
  }

  /** Returns the flags that it has. */
  Options flags() {
    Options options = new Options();
    flag.ifPresent(options::addOption);
    return options.addOptions(Flags.common());
  }

  /** Returns how it is called. */
  String usage() {
    return name.isEmpty()
        ? "stretcher [FLAG...] [SUBCOMMAND]"
        : "stretcher %s [FLAG...] %s".formatted(name, parameter);
  }
}
