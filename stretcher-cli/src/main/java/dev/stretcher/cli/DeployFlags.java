package dev.stretcher.cli;

import dev.stretcher.option.Options;
import dev.stretcher.option.Setting;
import dev.stretcher.option.Settings;
import java.util.Map;
import org.apache.commons.cli.CommandLine;

/** Reads the flags that say how to deploy. */
final class DeployFlags {
  private DeployFlags() {}

  /** Returns what the command line and the environment say. */
  static Options read(CommandLine line, Map<String, String> environment) throws UsageException {
    Options options = Options.DEFAULT;
    String strategy = environment.getOrDefault("STRETCHER_SYNC_STRATEGY", "");
    if (!strategy.isEmpty()) {
      options = options.with(Settings.SYNC_STRATEGY, strategy);
    }
    for (Setting<?> setting : Settings.ALL) {
      if (line.hasOption(setting.name())) {
        options = with(options, setting, line);
      }
    }
    return options;
  }

  private static <T> Options with(Options options, Setting<T> setting, CommandLine line)
      throws UsageException {
    String text = setting.isSwitch() ? "true" : line.getOptionValue(setting.name());
    try {
      return options.with(setting, setting.parse(text));
    } catch (IllegalArgumentException e) {
      throw new FlagValueException(Flags.of(setting), String.valueOf(e.getMessage()));
    }
  }
}
