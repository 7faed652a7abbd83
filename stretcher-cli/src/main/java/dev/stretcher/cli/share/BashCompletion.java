package dev.stretcher.cli.share;

import static java.util.stream.Collectors.joining;

import dev.stretcher.cli.command.Commands;
import dev.stretcher.cli.flag.AgentSettings;
import dev.stretcher.cli.flag.Flag;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.option.Setting;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Completion for bash: tables of what is known beforehand, in {@code case}. */
final class BashCompletion {
  private BashCompletion() {}

  static String script() throws IOException {
    return Template.of("stretcher.bash")
        .with("commands", Commands.NAMED.stream().map(Command::name).collect(joining(" ")))
        .with("common", flags(AgentSettings.COMMON))
        .with("flags", Commands.NAMED.stream().map(BashCompletion::flags).collect(joining()))
        .with("values", values())
        .with("arguments", Commands.NAMED.stream().map(BashCompletion::argument).collect(joining()))
        .text();
  }

  private static String flags(List<Setting<?>> settings) {
    return settings.stream()
        .map(each -> Flag.of(each) + (each.isSwitch() || isLetter(each) ? "" : "="))
        .collect(joining(" "));
  }

  private static boolean isLetter(Setting<?> setting) {
    return setting.name().length() == 1;
  }

  private static String flags(Command command) {
    String own = flags(command.flags());
    if (command.readsConfiguration()) {
      return own.isEmpty() ? "" : "    %s) flags+=' %s' ;;\n".formatted(command.name(), own);
    }
    return "    %s) flags='%s' ;;\n".formatted(command.name(), (own + " --help").strip());
  }

  /** Those of a command come first: it may have a flag of a name that all have. */
  private static String values() {
    StringBuilder lines = new StringBuilder();
    for (Command command : Commands.NAMED) {
      for (Setting<?> setting : command.flags()) {
        lines.append(value(command.name(), setting, Completed.of(command, setting)));
      }
    }
    for (Setting<?> setting : AgentSettings.COMMON) {
      lines.append(value("*", setting, Completed.of(setting)));
    }
    return lines.append("    *:-v | *:-h) by=switch ;;\n").toString();
  }

  private static String value(String command, Setting<?> setting, Completed completed) {
    String pattern = command + ":" + Flag.of(setting);
    if (setting.name().equals("output")) {
      pattern += " | " + command + ":-o";
    }
    return "    %s) %s;;\n".formatted(pattern, assigned(completed));
  }

  private static String argument(Command command) {
    Completed completed = Completed.of(command);
    return completed.by() == Completed.By.NOTHING
        ? ""
        : "    %s) %s;;\n".formatted(command.name(), assigned(completed));
  }

  private static String assigned(Completed completed) {
    return switch (completed.by()) {
      case NOTHING -> "";
      case WORDS -> "words='" + String.join(" ", completed.words()) + "' ";
      default -> "by=" + completed.by().name().toLowerCase(Locale.ROOT) + " ";
    };
  }
}
