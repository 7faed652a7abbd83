package dev.stretcher.cli.command;

import dev.stretcher.cli.flag.AgentSettings;
import dev.stretcher.option.Setting;
import java.util.ArrayList;
import java.util.List;

/** All commands. */
public final class Commands {
  /** The command that runs when none is named. */
  public static final Command AGENT = new AgentCommand();

  /** The commands with a name, in the order of a summary. */
  public static final List<Command> NAMED =
      List.of(
          new DeployCommand(),
          new CheckCommand(),
          new HistoryCommand(),
          new VerifyCommand(),
          new PackCommand(),
          new PrepareCommand(),
          new VersionCommand(),
          new HelpCommand());

  private Commands() {}

  /** Returns the settings that flags may name, those of single commands included. */
  public static List<Setting<?>> flags() {
    List<Setting<?>> all = new ArrayList<>(AgentSettings.COMMON);
    for (Command command : NAMED) {
      for (Setting<?> flag : command.flags()) {
        if (!all.contains(flag)) {
          all.add(flag);
        }
      }
    }
    return all;
  }

  /** Says which commands have a setting of their own. */
  public static String having(Setting<?> setting) {
    List<String> names = new ArrayList<>();
    for (Command command : NAMED) {
      if (command.flags().contains(setting)) {
        names.add("stretcher " + command.name());
      }
    }
    return "; it is one of " + String.join(" and ", names);
  }

  /** Returns the command that the arguments name first, or the agent. */
  public static Command of(List<String> names) {
    for (Command named : NAMED) {
      if (!names.isEmpty() && named.name().equals(names.get(0))) {
        return named;
      }
    }
    return AGENT;
  }
}
