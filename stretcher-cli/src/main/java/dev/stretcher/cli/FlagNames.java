package dev.stretcher.cli;

import dev.stretcher.option.Setting;
import dev.stretcher.option.Settings;
import dev.stretcher.policy.Policy;

/**
 * Puts the words of the command line into messages of the library, which speaks of settings and of
 * a policy: those who deploy know flags and a configuration.
 */
final class FlagNames {
  private static final String MENTION = "the setting ";

  private FlagNames() {}

  /** Returns a message in which settings are called by their flags. */
  static String in(String message) {
    String text = message;
    if (text.contains(MENTION)) {
      for (Setting<?> setting : Settings.ALL) {
        text = text.replaceAll("\\b" + setting.mention() + "(?![\\w-])", "--" + setting.name());
      }
    }
    return text.replace(
        Policy.MENTION,
        "the configuration of the agent, by default " + ConfigFile.OF_THIS_HOST.standard());
  }
}
