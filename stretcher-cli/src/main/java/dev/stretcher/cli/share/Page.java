package dev.stretcher.cli.share;

import dev.stretcher.cli.flag.AgentSettings;
import dev.stretcher.cli.flag.Flag;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.cli.invocation.Example;
import dev.stretcher.option.Setting;
import java.util.ArrayList;
import java.util.List;

/** What manual pages have in common. */
final class Page {
  static final String CONFIG = "stretcher-config";
  static final String MANIFEST = "stretcher-manifest";
  static final String CONFIG_FILE =
      AgentSettings.CONFIG_DIRECTORY + "/" + AgentSettings.CONFIG_NAME;

  /** The length of {@code (1)}. */
  private static final int SECTION = 3;

  private Page() {}

  /** Begins a page. */
  static Roff begin(String name, char section, String says, Edition edition) {
    return new Roff()
        .title(name, section, edition)
        .section("Name")
        .paragraph(Roff.code(name) + " \\- " + Roff.prose(says));
  }

  /** Adds a setting as a flag. */
  static void option(Setting<?> setting, Roff roff) {
    roff.tagged(Roff.bold(Flag.usage(setting)), described(setting, setting.isSwitch()));
  }

  /** Adds a setting as a key of a configuration. */
  static void key(Setting<?> setting, Roff roff) {
    String tag = Roff.bold(Flag.key(setting)) + (Flag.isRepeated(setting) ? " (a list)" : "");
    roff.tagged(tag, described(setting, false));
  }

  private static <T> String described(Setting<T> setting, boolean isOff) {
    String standard = isOff ? "" : setting.kind().text(setting.standard());
    return Roff.prose(
        setting.description() + (standard.isEmpty() ? "" : " Default: " + standard + "."));
  }

  static void examples(Command command, Roff roff) {
    for (Example example : command.examples()) {
      roff.paragraph(Roff.prose(example.says())).literal(example.line());
    }
  }

  /** Adds a file. */
  static void configFile(Roff roff) {
    roff.tagged(Roff.bold(CONFIG_FILE), "The configuration, see " + link(CONFIG + "(5)") + ".");
  }

  /**
   * Adds the last section.
   *
   * @param pages such as {@code stretcher(1)}
   */
  static Roff seeAlso(List<String> pages, Roff roff) {
    List<String> links = new ArrayList<>();
    pages.forEach(page -> links.add(link(page)));
    return roff.section("See also").paragraph(String.join(", ", links));
  }

  /** Returns a mention of another page. */
  static String link(String page) {
    int name = page.length() - SECTION;
    return Roff.bold(page.substring(0, name)) + page.substring(name);
  }
}
