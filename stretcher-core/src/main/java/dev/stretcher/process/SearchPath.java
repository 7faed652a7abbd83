package dev.stretcher.process;

import java.io.File;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds programs as {@code execvp} does, in the PATH that a command inherits. Immutable.
 *
 * @param directories separated by colons
 */
public record SearchPath(String directories) {
  private static final String DEFAULT = "/usr/local/bin:/usr/bin:/bin";

  static SearchPath of(Command command) {
    String inherited = command.inherited().map(variables -> variables.get("PATH")).orElse(null);
    String path = command.inherited().isPresent() ? inherited : System.getenv("PATH");
    return new SearchPath(path == null ? DEFAULT : path);
  }

  /** Returns the search path of an environment. */
  public static SearchPath of(Map<String, String> environment) {
    return new SearchPath(environment.getOrDefault("PATH", DEFAULT));
  }

  /** Returns the file of a program; a name with a slash is returned unchanged. */
  public Optional<String> find(String program) {
    if (program.indexOf('/') >= 0) {
      return Optional.of(program);
    }
    // An empty entry is the working directory, from which nothing should be started by accident.
    return Stream.of(directories.split(":"))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> new File(directory, program))
        .filter(file -> file.isFile() && file.canExecute())
        .map(File::getPath)
        .findFirst();
  }

  /**
   * Returns the file of a program.
   *
   * @throws NoSuchFileException if there is none
   */
  public String require(String program) throws NoSuchFileException {
    return find(program)
        .orElseThrow(
            () ->
                new NoSuchFileException(
                    program,
                    null,
                    "no such program in PATH (" + directories + "); install it or correct PATH"));
  }
}
