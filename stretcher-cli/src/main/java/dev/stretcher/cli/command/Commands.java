package dev.stretcher.cli.command;

import dev.stretcher.cli.dashboard.DashboardCommand;
import dev.stretcher.cli.doctor.DoctorCommand;
import dev.stretcher.cli.flag.AgentSettings;
import dev.stretcher.cli.fleet.GateCommand;
import dev.stretcher.cli.fleet.ResidentCommand;
import dev.stretcher.cli.fleet.RolloutCommand;
import dev.stretcher.cli.fleet.StatusCommand;
import dev.stretcher.cli.fleet.WaitCommand;
import dev.stretcher.cli.fleet.WhyCommand;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.cli.publish.PublishCommand;
import dev.stretcher.option.Setting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All commands. */
public final class Commands {
  /** The command that runs when none is named. */
  public static final Command AGENT = new AgentCommand();

  /** The commands of one host, in the order of a summary. */
  static final List<Command> OF_HOST =
      List.of(
          new DeployCommand(),
          new FetchCommand(),
          new RollbackCommand(),
          new CheckCommand(),
          new HistoryCommand(),
          new ReleasesCommand(),
          new VerifyCommand(),
          new PackCommand(),
          new DoctorCommand(),
          new PrepareCommand(),
          new VersionCommand(),
          new HelpCommand());

  /** The commands of a fleet, in the order of a summary. */
  static final List<Command> OF_FLEET =
      List.of(
          new ResidentCommand(),
          new PublishCommand(),
          new RolloutCommand(),
          new StatusCommand(),
          new WaitCommand(),
          new DashboardCommand(),
          new GateCommand(),
          new WhyCommand());

  private static final Command CHOICES = new ChoicesCommand();

  /** The commands with a name, but for the one that only completion runs. */
  public static final List<Command> NAMED = joined();

  private Commands() {}

  private static List<Command> joined() {
    List<Command> all = new ArrayList<>(OF_HOST);
    all.addAll(OF_FLEET);
    return Collections.unmodifiableList(all);
  }

  /**
   * Returns the settings that flags may name, those of single commands included. Of those with one
   * name, one is there: which one is meant is known once the command is.
   */
  public static List<Setting<?>> flags() {
    List<Setting<?>> all = new ArrayList<>(AgentSettings.COMMON);
    Set<String> names = new HashSet<>();
    for (Setting<?> setting : all) {
      names.add(setting.name());
    }
    for (Command command : NAMED) {
      for (Setting<?> flag : command.flags()) {
        if (names.add(flag.name())) {
          all.add(flag);
        }
      }
    }
    return all;
  }

  /**
   * Returns the same for a command line: the settings of the command that it names first take
   * precedence, since a switch of that name takes no value from what follows it.
   */
  public static List<Setting<?>> flags(String... args) {
    List<Setting<?>> all = flags();
    for (Setting<?> own : namedBy(args).flags()) {
      all.replaceAll(each -> each.name().equals(own.name()) ? own : each);
    }
    return all;
  }

  /** Returns the command that a command line names first, or the agent. */
  public static Command namedBy(String... args) {
    for (String arg : args) {
      Command named = of(List.of(arg));
      if (named != AGENT) {
        return named;
      }
    }
    return AGENT;
  }

  /** Returns the names of the commands that have one. */
  static List<String> names() {
    return NAMED.stream().map(Command::name).toList();
  }

  /** Says which commands have a setting of their own. */
  public static String having(Setting<?> setting) {
    List<String> names =
        NAMED.stream()
            .filter(
                command ->
                    command.flags().stream().anyMatch(flag -> flag.name().equals(setting.name())))
            .map(Command::name)
            .toList();
    return "; only %s %s it".formatted(listed(names), names.size() == 1 ? "has" : "have");
  }

  private static String listed(List<String> names) {
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  /** Returns the command that the arguments name first, or the agent. */
  public static Command of(List<String> names) {
    if (!names.isEmpty() && CHOICES.name().equals(names.get(0))) {
      return CHOICES;
    }
    for (Command named : NAMED) {
      if (!names.isEmpty() && named.name().equals(names.get(0))) {
        return named;
      }
    }
    return AGENT;
  }
}
