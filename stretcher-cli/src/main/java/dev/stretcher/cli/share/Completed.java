package dev.stretcher.cli.share;

import dev.stretcher.cli.command.Commands;
import dev.stretcher.cli.command.Help;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.option.Setting;
import java.util.ArrayList;
import java.util.List;

/**
 * What completes a value.
 *
 * @param words those to choose among; empty if they come from elsewhere
 */
record Completed(By by, List<String> words) {
  /** Where what completes a value comes from. */
  enum By {
    NOTHING,
    /** There is no value. */
    SWITCH,
    WORDS,
    FILES,
    DIRECTORIES,
    /** Archives, and directories. */
    ARCHIVES,
    /** The apps of the store, which the program is asked for. */
    APPS,
    /** The versions that the store has had, of the app on the line. */
    VERSIONS,
    /** The hosts that have reported, between commas. */
    NODES,
    /** Where versions were published to, of the app on the line. */
    PLACES,
    /** The dests of the ledger, and directories. */
    DESTS,
    /** The releases of the dest on the line. */
    RELEASES
  }

  private static Completed by(By by) {
    return new Completed(by, List.of());
  }

  /** Returns what completes the value of a flag of one command. */
  static Completed of(Command command, Setting<?> setting) {
    return switch (command.name() + " --" + setting.name()) {
      case "rollback --to" -> by(By.RELEASES);
      case "rollout --to", "wait --id" -> by(By.VERSIONS);
      case "publish --to" -> by(By.PLACES);
      default -> of(setting);
    };
  }

  /** Returns what completes the value of a flag. */
  static Completed of(Setting<?> setting) {
    if (setting.isSwitch()) {
      return by(By.SWITCH);
    }
    if (!setting.kind().choices().isEmpty()) {
      return new Completed(By.WORDS, setting.kind().choices());
    }
    return switch (setting.name()) {
      case "app" -> by(By.APPS);
      case "dest" -> by(By.DESTS);
      case "nodes" -> by(By.NODES);
      default -> named(setting.kind().placeholder());
    };
  }

  /** Returns what completes the argument of a command. */
  static Completed of(Command command) {
    return command.parameter().equals(Help.PARAMETER)
        ? new Completed(By.WORDS, topicsAndCommands())
        : named(command.parameter());
  }

  private static Completed named(String placeholder) {
    return switch (placeholder) {
      case "FILE", "FILE|URL" -> by(By.FILES);
      case "DIR" -> by(By.DIRECTORIES);
      case "DIR|ARCHIVE" -> by(By.ARCHIVES);
      case "APP", "[APP]" -> by(By.APPS);
      case "DEST" -> by(By.DESTS);
      default -> by(By.NOTHING);
    };
  }

  private static List<String> topicsAndCommands() {
    List<String> names = new ArrayList<>(Help.topics());
    Commands.NAMED.forEach(command -> names.add(command.name()));
    return names.stream().distinct().toList();
  }
}
