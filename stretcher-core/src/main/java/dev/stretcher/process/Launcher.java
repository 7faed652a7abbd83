package dev.stretcher.process;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Starts a command behind a gate: a shell that waits for one line on STDIN and then becomes the
 * program.
 *
 * <p>While the child waits, its pipes can be opened anew through {@code /proc}, which would come
 * too late for a program that ends at once.
 */
final class Launcher {
  // A shell reads no further than the end of the line, so the rest of STDIN is the program's. If
  // STDIN ends instead (we were interrupted, or died), nothing is run.
  private static final String WITH_INPUT = "read -r _ && exec \"$@\"";
  private static final String WITHOUT_INPUT = WITH_INPUT + " </dev/null";
  private static final Pattern TOO_LONG = Pattern.compile("error(=|: )7\\b");

  private final Command command;
  private final SearchPath programs;

  Launcher(Command command, SearchPath programs) {
    this.command = command;
    this.programs = programs;
  }

  /** Tells whether the child will lead a process group. */
  boolean ownGroup() {
    return programs.find("setsid").isPresent();
  }

  Process start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(arguments());
    builder.redirectErrorStream(command.errors().isEmpty());
    command.directory().ifPresent(directory -> builder.directory(new File(directory.toString())));
    environment(builder);
    try {
      return builder.start();
    } catch (IOException e) {
      throw explained(e);
    }
  }

  private List<String> arguments() throws IOException {
    List<String> all = new ArrayList<>();
    // The child of a JVM never leads a group, so that setsid does not fork: the pid stays the same.
    programs.find("setsid").ifPresent(all::add);
    String program = programs.require(command.arguments().get(0));
    all.add(programs.require("sh"));
    all.add("-c");
    all.add(command.input().isPresent() ? WITH_INPUT : WITHOUT_INPUT);
    all.add("sh");
    all.add(program);
    all.addAll(command.arguments().subList(1, command.arguments().size()));
    return all;
  }

  private void environment(ProcessBuilder builder) throws IOException {
    try {
      command.inherited().ifPresent(inherited -> Variables.inherit(builder, inherited));
      builder.environment().putAll(command.environment());
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "the environment of "
              + command.arguments().get(0)
              + " has a name or value that no process can have: names are without '=', and neither"
              + " contains a NUL character",
          e);
    }
  }

  private IOException explained(IOException e) {
    if (!TOO_LONG.matcher(String.valueOf(e.getMessage())).find()) {
      return e;
    }
    return new IOException(
        command.arguments().get(0)
            + " could not be started: its arguments and environment are longer than the operating"
            + " system allows (Linux: 128 KiB for one of them); put long commands into a script",
        e);
  }
}
