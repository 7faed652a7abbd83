package dev.stretcher.cli.command;

import dev.stretcher.cli.flag.AgentSettings;
import dev.stretcher.cli.flag.Flag;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.cli.invocation.Example;
import dev.stretcher.option.Options;
import dev.stretcher.option.Setting;
import dev.stretcher.option.Settings;
import dev.stretcher.option.Topic;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints summaries of the command line that fit a screen. */
public final class Help {
  /** The name of its argument. */
  public static final String PARAMETER = "[TOPIC|COMMAND]";

  /** The name of all topics together. */
  static final String ALL = "all";

  private static final int WIDTH = 80;
  private static final int NAMES = 26;
  private static final String STATUS =
      "The exit status is 0 on success, 1 on failure, 2 for wrong arguments";
  private static final String UNDER_CONSUL =
      "; always 0 if CONSUL_INDEX is set, since consul watch ends otherwise.";

  /** The flags that people use most: as many as the screen has room for beside the commands. */
  private static final List<Setting<?>> USED =
      List.of(Settings.TIMEOUT, Settings.MAX_BAND_WIDTH, AgentSettings.CONFIG);

  private final PrintStream out;

  /** Creates the printer. */
  public Help(PrintStream out) {
    this.out = out;
  }

  /** Prints the help of a command; returns the exit status. */
  public int print(Command command) {
    if (command == Commands.AGENT) {
      overview();
    } else {
      command(command);
    }
    return 0;
  }

  /** Prints what the command line can do, and the flags that are used most. */
  void overview() {
    out.println("stretcher [FLAG...]                    deploys what an event on STDIN names");
    out.println("stretcher [FLAG...] COMMAND [ARGUMENT]");
    section("Commands");
    Commands.OF_HOST.forEach(this::row);
    section("Commands of a fleet");
    Commands.OF_FLEET.forEach(this::row);
    section("The flags that are used, and where all are explained");
    USED.forEach(this::row);
    for (Topic topic : Topic.values()) {
      row("stretcher help " + name(topic), topic.title() + ".");
    }
    row("stretcher help all", "All of these, and those of the commands.");
    out.println();
    paragraph("", STATUS + UNDER_CONSUL);
  }

  /** Prints what a command does, and its own flags. */
  void command(Command command) {
    boolean takesFlags = command.readsConfiguration() || !command.flags().isEmpty();
    String flags = takesFlags ? " [FLAG...] " : " ";
    out.println(("stretcher " + command.name() + flags + command.parameter()).strip());
    out.println();
    paragraph("", command.summary());
    flags(command);
    examples(command);
    if (command.readsConfiguration()) {
      out.println();
      paragraph("", "Other flags: stretcher help, stretcher help all.");
    }
    out.println();
    paragraph("", statuses(command));
  }

  private void examples(Command command) {
    if (!command.examples().isEmpty()) {
      section("For example");
      for (Example example : command.examples()) {
        paragraph("  # ", example.says());
        out.println("  " + example.line());
      }
    }
  }

  /** Returns what the exit status of a command says, in a sentence. */
  public static String statuses(Command command) {
    if (!command.statuses().isEmpty()) {
      return command.statuses();
    }
    return command.isInquiry(Options.DEFAULT) ? STATUS + "." : STATUS + UNDER_CONSUL;
  }

  /** Prints the flags that a command alone has. */
  void flags(Command command) {
    if (!command.flags().isEmpty()) {
      section("Flags of " + command.name());
      command.flags().forEach(this::row);
    }
  }

  /** Prints the flags of a topic that each command has. */
  void topic(Topic topic) {
    out.println(topic.title() + ":");
    for (Setting<?> setting : AgentSettings.COMMON) {
      if (setting.topic() == topic) {
        row(setting);
      }
    }
  }

  /** Returns what help is there on, besides commands. */
  public static List<String> topics() {
    List<String> topics = new ArrayList<>(List.of(ALL));
    for (Topic topic : Topic.values()) {
      topics.add(name(topic));
    }
    return topics;
  }

  /** Returns the name of a topic on the command line. */
  static String name(Topic topic) {
    return topic.name().toLowerCase(Locale.ROOT);
  }

  private void section(String title) {
    out.println();
    out.println(title + ":");
  }

  private void row(Command command) {
    row((command.name() + " " + command.parameter()).strip(), command.summary());
  }

  private void row(Setting<?> setting) {
    row(Flag.usage(setting), setting.description() + standard(setting));
  }

  private static <T> String standard(Setting<T> setting) {
    String text = setting.kind().text(setting.standard());
    return setting.isSwitch() || text.isEmpty() ? "" : " Default: " + text + ".";
  }

  private void row(String name, String text) {
    String start = "  " + name + " ";
    if (start.length() <= NAMES) {
      paragraph(start + " ".repeat(NAMES - start.length()), text);
    } else {
      out.println(start.stripTrailing());
      paragraph(" ".repeat(NAMES), text);
    }
  }

  /** Prints text beside its heading, in as many lines as needed. */
  private void paragraph(String start, String text) {
    StringBuilder line = new StringBuilder(start);
    boolean first = true;
    for (String word : text.split(" ")) {
      if (!first && line.length() + 1 + word.length() > WIDTH) {
        out.println(line);
        line = new StringBuilder(" ".repeat(start.length()));
        first = true;
      }
      line.append(first ? "" : " ").append(word);
      first = false;
    }
    out.println(line);
  }
}
