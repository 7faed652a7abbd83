package dev.stretcher.cli.flag;

import dev.stretcher.option.Setting;
import java.util.List;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.jspecify.annotations.Nullable;

/** How settings are written as flags, and as keys of a configuration. */
public final class Flag {
  private Flag() {}

  /** Returns a setting's flag, with its dashes. */
  public static String of(Setting<?> setting) {
    return of(setting.name());
  }

  /** Returns the flag of a name, with its dashes. */
  static String of(String name) {
    return (name.length() == 1 ? "-" : "--") + name;
  }

  /** Returns the key of a setting in a configuration. */
  public static String key(Setting<?> setting) {
    return setting.name().replace('-', '_');
  }

  /** Returns a setting's flag with the placeholder of its value, for a summary. */
  public static String usage(Setting<?> setting) {
    String letter = letter(setting);
    return (letter == null ? "" : "-" + letter + ", ")
        + of(setting)
        + (setting.isSwitch() ? "" : "=" + setting.kind().placeholder());
  }

  /** Tells whether a setting collects the values of all times that it is given. */
  public static boolean isRepeated(Setting<?> setting) {
    return setting.standard() instanceof List;
  }

  /** Returns the one letter that stands for a flag, if there is one. */
  static @Nullable String letter(Setting<?> setting) {
    if (setting == AgentSettings.VERSION) {
      return "v";
    }
    return setting == AgentSettings.HELP ? "h" : null;
  }

  static Options options(List<Setting<?>> settings) {
    Options options = new Options();
    for (Setting<?> setting : settings) {
      String letter = letter(setting);
      options.addOption(
          Option.builder(letter)
              .longOpt(setting.name())
              .hasArg(letter == null)
              .argName(setting.kind().placeholder())
              .get());
    }
    return options;
  }
}
