package dev.stretcher.cli.command;

import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.cli.invocation.Example;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.option.Options;
import dev.stretcher.option.Topic;
import dev.stretcher.text.NearName;
import java.io.PrintStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Prints a summary of the command line, of a command, or of the flags of a topic. */
final class HelpCommand implements Command {
  @Override
  public String name() {
    return "help";
  }

  @Override
  public String parameter() {
    return Help.PARAMETER;
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
  public List<Example> examples() {
    return List.of(new Example("Explain all flags about limits.", "stretcher help limits"));
  }

  @Override
  public int run(Invocation invocation) throws UsageException {
    Help help = new Help(invocation.out());
    String name = invocation.parameter().orElse("");
    if (invocation.parameter().isEmpty()) {
      help.overview();
    } else if (name.equals(Help.ALL)) {
      List.of(Topic.values()).forEach(help::topic);
      Commands.NAMED.forEach(help::flags);
    } else {
      print(name, help, invocation.out());
    }
    return 0;
  }

  /** Prints all that has this name: {@code fetch} is a command and a topic. */
  private static void print(String name, Help help, PrintStream out) throws UsageException {
    Command command = Commands.of(List.of(name));
    List<Topic> topics = Stream.of(Topic.values()).filter(t -> Help.name(t).equals(name)).toList();
    if (command != Commands.AGENT) {
      help.command(command);
    } else if (topics.isEmpty()) {
      throw new UsageException(
          "there is no command or topic '%s'%s; there are %s"
              .formatted(
                  name,
                  NearName.of(name, names()).map(near -> "; did you mean " + near + "?").orElse(""),
                  String.join(", ", names())));
    }
    for (Topic topic : topics) {
      if (command != Commands.AGENT) {
        out.println();
      }
      help.topic(topic);
    }
  }

  private static Set<String> names() {
    Set<String> names = new LinkedHashSet<>(Help.topics());
    names.addAll(Commands.names());
    return names;
  }
}
