package dev.stretcher.cli.share;

import static java.util.stream.Collectors.joining;

import dev.stretcher.cli.command.Commands;
import dev.stretcher.cli.flag.AgentSettings;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.option.Setting;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Completion for fish, by its {@code complete}. */
final class FishCompletion {
  private FishCompletion() {}

  static String script() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Command command : Commands.NAMED) {
      lines.append(
          "complete -c stretcher -n \"not __fish_seen_subcommand_from $commands\" -a %s -d %s\n"
              .formatted(command.name(), quoted(command.summary())));
    }
    for (Setting<?> setting : AgentSettings.COMMON) {
      lines.append(flag(condition(setting), setting, Completed.of(setting)));
    }
    for (Command command : Commands.NAMED) {
      String seen = " -n '__fish_seen_subcommand_from " + command.name() + "'";
      command.flags().forEach(each -> lines.append(flag(seen, each, Completed.of(command, each))));
      String values = values(Completed.of(command));
      if (!values.isEmpty()) {
        lines.append("complete -c stretcher").append(seen).append(values).append('\n');
      }
    }
    return Template.of("stretcher.fish")
        .with("commands", Commands.NAMED.stream().map(Command::name).collect(joining(" ")))
        .with("lines", lines.toString())
        .text();
  }

  /** A command may have a flag of the same name, and one without a configuration has no other. */
  private static String condition(Setting<?> setting) {
    List<String> others =
        Commands.NAMED.stream()
            .filter(
                command ->
                    !(command.readsConfiguration() || setting == AgentSettings.HELP)
                        || command.flags().stream()
                            .anyMatch(own -> own.name().equals(setting.name())))
            .map(Command::name)
            .toList();
    return others.isEmpty()
        ? ""
        : " -n 'not __fish_seen_subcommand_from " + String.join(" ", others) + "'";
  }

  private static String flag(String condition, Setting<?> setting, Completed completed) {
    String name = (setting.name().length() == 1 ? " -s " : " -l ") + setting.name();
    String kind =
        completed.by() == Completed.By.SWITCH
            ? ""
            : completed.by() == Completed.By.FILES ? " -r" : " -x";
    return "complete -c stretcher%s%s%s%s -d %s\n"
        .formatted(condition, name, kind, values(completed), quoted(setting.description()));
  }

  private static String values(Completed completed) {
    return switch (completed.by()) {
      case NOTHING, SWITCH -> "";
      case WORDS -> " -a " + quoted(String.join(" ", completed.words()));
      case FILES, ARCHIVES -> " -F";
      case DIRECTORIES -> " -a '(__fish_complete_directories)'";
      case APPS, NODES, PLACES ->
          " -a '(__stretcher_choices %s)'"
              .formatted(completed.by().name().toLowerCase(Locale.ROOT));
      case VERSIONS -> " -a '(__stretcher_choices versions app)'";
      case RELEASES -> " -a '(__stretcher_choices releases dest)'";
      case DESTS -> " -a '(__stretcher_choices dests; __fish_complete_directories)'";
    };
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
