package dev.stretcher.cli.invocation;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What a process offers to commands.
 *
 * @param terminal whether {@code err} is one
 * @param reserved the files of this program that no deploy may take as dest, with their names in
 *     messages
 */
public record Surroundings(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean terminal,
    Map<String, String> environment,
    Map<Path, String> reserved) {
  /** Returns the same without a variable, which is for this process and not for commands. */
  Surroundings without(String variable) {
    Map<String, String> rest = new HashMap<>(environment);
    rest.remove(variable);
    return new Surroundings(in, out, err, terminal, rest, reserved);
  }

  /** Returns the same with one more place that no deploy may take as dest. */
  Surroundings reserving(Path path, String what) {
    Map<Path, String> more = new HashMap<>(reserved);
    more.put(path, what);
    return new Surroundings(in, out, err, terminal, environment, more);
  }
}
