package dev.stretcher.cli.share;

import static java.util.stream.Collectors.joining;

import dev.stretcher.cli.command.Commands;
import dev.stretcher.cli.flag.AgentSettings;
import dev.stretcher.cli.flag.Flag;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.option.Setting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Completion for zsh, by its {@code _arguments}. */
final class ZshCompletion {
  private ZshCompletion() {}

  static String script() throws IOException {
    return Template.of("_stretcher")
        .with("commands", Commands.NAMED.stream().map(ZshCompletion::described).collect(joining()))
        .with(
            "common",
            AgentSettings.COMMON.stream()
                .map(each -> "    " + spec(each, Completed.of(each)) + "\n")
                .collect(joining()))
        .with("rest", Commands.NAMED.stream().map(ZshCompletion::rest).collect(joining()))
        .text();
  }

  private static String described(Command command) {
    return "    " + quoted(command.name() + ":" + command.summary().replace(":", "\\:")) + "\n";
  }

  private static String rest(Command command) {
    List<String> specs = new ArrayList<>();
    if (command.readsConfiguration()) {
      Set<String> own = command.flags().stream().map(Setting::name).collect(Collectors.toSet());
      // _arguments refuses a flag that it is told twice.
      List<String> shadowed =
          AgentSettings.COMMON.stream()
              .filter(each -> own.contains(each.name()))
              .map(each -> "--" + each.name())
              .toList();
      specs.add(
          shadowed.isEmpty()
              ? "$common"
              : "${common:#(%s)[=\\[]*}".formatted(String.join("|", shadowed)));
    } else {
      specs.add(quoted("--help[Print a summary of this command.]"));
    }
    command.flags().forEach(each -> specs.add(spec(each, Completed.of(command, each))));
    if (!command.parameter().isEmpty()) {
      String parameter = command.parameter().replace("[", "").replace("]", "");
      specs.add(
          quoted(
              "1:%s:%s".formatted(parameter.replace(":", "\\:"), action(Completed.of(command)))));
    }
    return "    %s)\n      _arguments \\\n        %s\n      ;;\n"
        .formatted(command.name(), String.join(" \\\n        ", specs));
  }

  private static String spec(Setting<?> setting, Completed completed) {
    String repeated = Flag.isRepeated(setting) ? "*" : "";
    String name = Flag.of(setting);
    String described = "[" + escaped(setting.description()) + "]";
    if (completed.by() == Completed.By.SWITCH) {
      return quoted(repeated + name + described);
    }
    String joint = name.startsWith("--") ? "=" : "+";
    String value = ":" + escaped(setting.kind().placeholder()) + ":" + action(completed);
    return quoted(repeated + name + joint + described + value);
  }

  private static String action(Completed completed) {
    return switch (completed.by()) {
      case NOTHING, SWITCH -> "";
      case WORDS -> "(" + String.join(" ", completed.words()) + ")";
      case FILES -> "_files";
      case DIRECTORIES -> "_files -/";
      case ARCHIVES -> "_files -g \"*.(tar.gz|tgz|tar.zst)\"";
      case NODES -> "_sequence _stretcher_nodes";
      case DESTS -> "_stretcher_dests";
      case RELEASES -> "_stretcher_of dest releases";
      case VERSIONS -> "_stretcher_of app versions";
      case APPS, PLACES -> "_stretcher_choices " + completed.by().name().toLowerCase(Locale.ROOT);
    };
  }

  private static String escaped(String text) {
    return text.replaceAll("[\\[\\]:\\\\]", "\\\\$0");
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
