package dev.stretcher.cli.flag;

import dev.stretcher.option.Setting;
import dev.stretcher.option.Settings;
import dev.stretcher.policy.Policy;
import dev.stretcher.text.NativeText;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Puts the words of the command line into messages of the library, which speaks of settings and of
 * a policy: users of the command line know flags and a configuration. Immutable and thread-safe.
 */
public final class FlagNames implements UnaryOperator<String> {
  private static final String MENTION = "the setting ";

  private final String configuration;

  private FlagNames(String configuration) {
    this.configuration = configuration;
  }

  /** Returns the names where it is not known which configuration was read. */
  public static FlagNames ofAnyHost() {
    return new FlagNames(
        "by default " + AgentSettings.CONFIG_DIRECTORY + "/" + AgentSettings.CONFIG_NAME);
  }

  /**
   * Returns the names.
   *
   * @param config the file of the configuration
   */
  public static FlagNames of(Path config) {
    return new FlagNames(NativeText.text(config));
  }

  /** Returns a message in which settings are called by their flags. */
  @Override
  public String apply(String message) {
    String text = message;
    if (text.contains(MENTION)) {
      for (Setting<?> setting : AgentSettings.COMMON) {
        text =
            Pattern.compile("\\b" + MENTION + setting.name() + "(?![\\w-])")
                .matcher(text)
                .replaceAll(named(setting));
      }
    }
    return text.replace(Policy.MENTION, "the configuration of the agent, " + configuration);
  }

  private static String named(Setting<?> setting) {
    String flag = Flag.of(setting);
    return setting == Settings.SYNC_STRATEGY
        ? flag + ", its key in the configuration or STRETCHER_SYNC_STRATEGY"
        : flag;
  }
}
