package dev.stretcher.cli;

import dev.stretcher.report.StretcherException;
import dev.stretcher.text.RedactedUri;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command line, independent of the process that it runs in. Used by one thread, once. */
public final class Cli {
  private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/[^'\\s]*");
  private static final int FAILURE = 1;
  private static final int USAGE = 2;

  private final Surroundings surroundings;

  Cli(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * What a run of the command line did.
   *
   * @param exitCode the exit status
   * @param out what it printed to STDOUT
   * @param err what it printed to STDERR
   */
  public record Result(int exitCode, String out, String err) {}

  /**
   * Runs the command line inside this JVM.
   *
   * @param args the arguments
   * @param stdin what it reads from STDIN
   * @param environment its environment, which commands of manifests get as well
   */
  public static Result launch(
      List<String> args, InputStream stdin, Map<String, String> environment) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Cli cli =
        new Cli(
            new Surroundings(
                stdin,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                environment,
                Map.of()));
    int status = cli.run(args.toArray(String[]::new));
    return new Result(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  int run(String... args) {
    try {
      Arguments arguments = Arguments.parse(surroundings.environment(), args);
      Command command = new Commands(surroundings).of(arguments);
      int status = run(command);
      return underConsulWatch() && !isInquiry(arguments) ? 0 : status;
    } catch (UsageException e) {
      int status = misused(e);
      return underConsulWatch() ? 0 : status;
    }
  }

  private int run(Command command) {
    try {
      return command.run();
    } catch (StretcherException.Defect e) {
      return defect(Objects.requireNonNullElse(e.getCause(), e));
    } catch (StretcherException | InterruptedException e) {
      // The log has it already.
      return FAILURE;
    } catch (IllegalArgumentException e) {
      surroundings
          .err()
          .println(
              "stretcher: "
                  + FlagNames.in(String.valueOf(e.getMessage()))
                  + "; see stretcher --help");
      return USAGE;
    } catch (IllegalStateException e) {
      surroundings.err().println("stretcher: " + e.getMessage());
      return FAILURE;
    } catch (RuntimeException | Error e) {
      return defect(e);
    }
  }

  private int defect(Throwable what) {
    if (what instanceof OutOfMemoryError) {
      surroundings
          .err()
          .println("stretcher: the memory of the JVM is not enough; raise it by JAVA_OPTS=-Xmx");
    } else {
      surroundings.err().println("stretcher: this is a bug, please report it with what follows");
      what.printStackTrace(surroundings.err());
    }
    return FAILURE;
  }

  /** Tells whether {@code consul watch} runs us, which ends with the first failing handler. */
  boolean underConsulWatch() {
    return !surroundings.environment().getOrDefault("CONSUL_INDEX", "").isEmpty();
  }

  /**
   * Tells whether something is only to be found out: the exit status is the answer then, and stays
   * as it is under {@code consul watch} too.
   */
  private static boolean isInquiry(Arguments arguments) {
    return arguments.subcommand().is(Subcommand.CHECK)
        || arguments.subcommand().is(Subcommand.HISTORY)
        || arguments.has(Flags.DRY_RUN);
  }

  private int misused(UsageException e) {
    String message =
        URL.matcher(e.getMessage())
            .replaceAll(url -> Matcher.quoteReplacement(RedactedUri.of(url.group())));
    surroundings.err().println("stretcher: " + message + "; see stretcher --help");
    return USAGE;
  }
}
