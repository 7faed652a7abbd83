package dev.stretcher.process;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A program to run, with its environment, input and output. Immutable.
 *
 * @param arguments the program, looked up in the inherited PATH if its name has no slash, and its
 *     arguments
 * @param inherited the environment that {@code environment} is added to; empty is the environment
 *     of this JVM
 * @param environment variables added to, or replacing, those inherited
 * @param directory the working directory; empty is that of this JVM
 * @param input the program's STDIN, read by another thread and not closed; empty is {@code
 *     /dev/null}
 * @param output takes the lines of STDOUT, in Unicode, called by another thread
 * @param errors takes the lines of STDERR, called by another thread than {@code output}; empty
 *     merges STDERR into STDOUT, in the order of writing
 * @param grace how long the program may take to end after it was told to; then it is killed
 */
public record Command(
    List<String> arguments,
    Optional<Map<String, String>> inherited,
    Map<String, String> environment,
    Optional<Path> directory,
    Optional<InputStream> input,
    Consumer<String> output,
    Optional<Consumer<String>> errors,
    Duration grace) {
  /** The default of {@code grace}. */
  public static final Duration DEFAULT_GRACE = Duration.ofSeconds(5);

  /**
   * Copies the collections.
   *
   * @throws IllegalArgumentException if {@code arguments} is empty
   */
  public Command {
    arguments = List.copyOf(arguments);
    inherited = inherited.map(Map::copyOf);
    environment = Map.copyOf(environment);
    if (arguments.isEmpty()) {
      throw new IllegalArgumentException("a command needs at least the name of its program");
    }
  }

  /** Returns a command that has this JVM's environment and directory, and whose output is lost. */
  public static Command of(List<String> arguments) {
    return new Command(
        arguments,
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        line -> {},
        Optional.empty(),
        DEFAULT_GRACE);
  }

  /** Returns this command with an inherited environment other than this JVM's. */
  public Command withInherited(Map<String, String> variables) {
    return new Command(
        arguments, Optional.of(variables), environment, directory, input, output, errors, grace);
  }

  /** Returns this command with variables added to the inherited environment. */
  public Command withEnvironment(Map<String, String> variables) {
    return new Command(arguments, inherited, variables, directory, input, output, errors, grace);
  }

  /** Returns this command in another working directory. */
  public Command withDirectory(Path path) {
    return new Command(
        arguments, inherited, environment, Optional.of(path), input, output, errors, grace);
  }

  /** Returns this command with something to read on STDIN. */
  public Command withInput(InputStream stream) {
    return new Command(
        arguments, inherited, environment, directory, Optional.of(stream), output, errors, grace);
  }

  /** Returns this command with a consumer for the lines of STDOUT and STDERR, merged. */
  public Command withOutput(Consumer<String> lines) {
    return new Command(
        arguments, inherited, environment, directory, input, lines, Optional.empty(), grace);
  }

  /** Returns this command with separate consumers for the lines of STDOUT and STDERR. */
  public Command withOutput(Consumer<String> out, Consumer<String> err) {
    return new Command(
        arguments, inherited, environment, directory, input, out, Optional.of(err), grace);
  }

  /** Returns this command with another grace period. */
  public Command withGrace(Duration duration) {
    return new Command(
        arguments, inherited, environment, directory, input, output, errors, duration);
  }
}
