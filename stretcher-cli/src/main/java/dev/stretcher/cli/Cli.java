package dev.stretcher.cli;

import dev.stretcher.StretcherException;
import dev.stretcher.text.RedactedUri;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** The command line, independent of the process that it runs in. Used by one thread, once. */
public final class Cli {
  private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/[^'\\s]*");
  private static final int FAILURE = 1;
  private static final int USAGE = 2;

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> environment;

  Cli(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.environment = environment;
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
            stdin,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment);
    int status = cli.run(args.toArray(String[]::new));
    return new Result(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  int run(String... args) {
    CommandLine line = new CommandLine(new AgentCommand(in, out, err, environment));
    line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    // As in --rsync-verbose=-v.
    line.setAllowOptionsAsOptionParameters(true);
    line.setExecutionExceptionHandler((e, command, parsed) -> failed(e));
    line.setParameterExceptionHandler((e, parsed) -> misused(e));
    int status = line.execute(Spellings.normalize(args));
    boolean inquiring = line.getParseResult() != null && isInquiry(line.getParseResult());
    return underConsulWatch() && !inquiring ? 0 : status;
  }

  /** Tells whether {@code consul watch} runs us, which ends with the first failing handler. */
  boolean underConsulWatch() {
    return !environment.getOrDefault("CONSUL_INDEX", "").isEmpty();
  }

  private static boolean isInquiry(CommandLine.ParseResult parsed) {
    return parsed.hasSubcommand()
        && parsed.subcommand().commandSpec().userObject() instanceof Inquiry command
        && command.isInquiry();
  }

  private int failed(Exception e) {
    if (e instanceof StretcherException || e instanceof InterruptedException) {
      // The log has it already.
      return FAILURE;
    }
    if (e instanceof IllegalArgumentException) {
      err.println("stretcher: " + e.getMessage() + "; see stretcher --help");
      return USAGE;
    }
    if (e instanceof IllegalStateException) {
      err.println("stretcher: " + e.getMessage());
      return FAILURE;
    }
    err.println("stretcher: this is a bug, please report it with what follows");
    e.printStackTrace(err);
    return FAILURE;
  }

  private int misused(CommandLine.ParameterException e) {
    String message =
        URL.matcher(e.getMessage())
            .replaceAll(url -> Matcher.quoteReplacement(RedactedUri.of(url.group())));
    err.println("stretcher: " + message + "; see stretcher --help");
    return USAGE;
  }
}
