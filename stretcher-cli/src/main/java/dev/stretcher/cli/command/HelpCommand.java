package dev.stretcher.cli.command;

import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.option.Options;
import dev.stretcher.option.Topic;
import java.util.ArrayList;
import java.util.List;

/** Prints a summary of the command line, of a command, or of the flags of a topic. */
final class HelpCommand implements Command {
  private static final String ALL = "all";

  @Override
  public String name() {
    return "help";
  }

  @Override
  public String parameter() {
    return "[TOPIC|COMMAND]";
  }

  @Override
  public String summary() {
    return "Explains a command, or all flags of a topic.";
  }

  @Override
  public boolean isInquiry(Options options) {
    return true;
  }

  @Override
  public boolean readsConfiguration() {
    return false;
  }

  @Override
  public int run(Invocation invocation) throws UsageException {
    Help help = new Help(invocation.out());
    if (invocation.parameter().isEmpty()) {
      help.overview();
    } else {
      print(help, invocation.parameter().get());
    }
    return 0;
  }

  private static void print(Help help, String name) throws UsageException {
    List<String> names = new ArrayList<>(List.of(ALL));
    for (Topic topic : Topic.values()) {
      names.add(Help.name(topic));
      if (name.equals(ALL) || name.equals(Help.name(topic))) {
        help.topic(topic);
      }
    }
    for (Command command : Commands.NAMED) {
      names.add(command.name());
      if (name.equals(command.name())) {
        help.command(command);
      } else if (name.equals(ALL)) {
        help.flags(command);
      }
    }
    if (!names.contains(name)) {
      throw new UsageException(
          "There is no command or topic '%s', but: %s".formatted(name, String.join(", ", names)));
    }
  }
}
