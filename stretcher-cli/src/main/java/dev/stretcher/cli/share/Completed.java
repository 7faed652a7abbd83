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
    /** The apps of the store, which the program is asked for. */
    APPS,
    /** The dests of the ledger, and directories. */
    DESTS
  }

  private static Completed by(By by) {
    return new Completed(by, List.of());
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
