package dev.stretcher.benchmarks.measure;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Reads the command line of the benchmark. */
public final class Flags {
  /** Where the repository is, is the affair of the script, and not of who runs it again. */
  private static final String REPOSITORY = "--repository";

  private Flags() {}

  /**
   * Returns what {@code arguments} ask for.
   *
   * @throws IllegalArgumentException if one is not known, or its value is wrong
   */
  public static Options parse(String... arguments) {
    Options options = Options.DEFAULT;
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      options =
          equals < 0
              ? switched(options, argument)
              : valued(options, argument.substring(0, equals), argument.substring(equals + 1));
    }
    return options;
  }

  /** Returns the command that runs a benchmark again with {@code arguments}. */
  public static String command(String script, String... arguments) {
    String flags =
        Arrays.stream(arguments)
            .filter(argument -> !argument.startsWith(REPOSITORY))
            .map(argument -> " " + argument)
            .collect(Collectors.joining());
    return "examples/benchmarks/" + script + flags;
  }

  private static Options switched(Options options, String flag) {
    if (flag.equals("--write")) {
      return options.withWrite();
    }
    throw unknown(flag);
  }

  private static Options valued(Options options, String flag, String value) {
    return switch (flag) {
      case "--strategy" -> options.withStrategy(value);
      case "--scale" -> options.withScale(Double.parseDouble(value));
      case "--warm-ups" -> options.withWarmUps(Integer.parseInt(value));
      case "--runs" -> options.withRuns(Integer.parseInt(value));
      case "--directory" -> options.withDirectory(Path.of(value));
      case REPOSITORY -> options.withRepository(Path.of(value));
      default -> throw unknown(flag);
    };
  }

  private static IllegalArgumentException unknown(String flag) {
    return new IllegalArgumentException(
        flag
            + " is not a flag, or has no value; there are --strategy=NAME, --scale=FACTOR,"
            + " --warm-ups=N, --runs=N, --directory=DIRECTORY, --write");
  }
}
