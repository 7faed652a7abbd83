package dev.stretcher.cli;

import dev.stretcher.Stretcher;
import dev.stretcher.cli.command.Commands;
import dev.stretcher.cli.command.Help;
import dev.stretcher.cli.config.ConfigException;
import dev.stretcher.cli.flag.AgentSettings;
import dev.stretcher.cli.flag.Flag;
import dev.stretcher.cli.flag.FlagNames;
import dev.stretcher.cli.flag.Given;
import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.cli.invocation.Surroundings;
import dev.stretcher.option.Options;
import dev.stretcher.option.Setting;
import dev.stretcher.report.JvmMemory;
import dev.stretcher.report.OpenFiles;
import dev.stretcher.report.StretcherException;
import dev.stretcher.text.Printable;
import dev.stretcher.text.RedactedUri;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
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
    Given given;
    try {
      given = Given.parse(Commands.flags(args), args);
    } catch (UsageException e) {
      int status = misused(e, Commands.namedBy(args));
      return underConsulWatch() ? 0 : status;
    }
    Command command = Commands.of(given.names());
    given = given.of(command.flags());
    int status = status(command, given);
    return underConsulWatch() && !isInquiry(command, given) ? 0 : status;
  }

  /** Tells whether the exit status is an answer; a wrong value of another flag does not matter. */
  private static boolean isInquiry(Command command, Given given) {
    try {
      return command.isInquiry(given.over(Options.DEFAULT));
    } catch (UsageException e) {
      return command.isInquiry(Options.DEFAULT);
    }
  }

  private int status(Command command, Given given) {
    try {
      return answer(command, given);
    } catch (UsageException e) {
      return misused(e, command);
    }
  }

  private int answer(Command command, Given given) throws UsageException {
    requireOwnFlags(command, given);
    if (given.has(AgentSettings.HELP)) {
      return new Help(surroundings.out()).print(command);
    }
    if (given.has(AgentSettings.VERSION)) {
      surroundings.out().println("stretcher " + Stretcher.version());
      return 0;
    }
    return run(Invocation.of(command, given, surroundings));
  }

  private static void requireOwnFlags(Command command, Given given) throws UsageException {
    for (Setting<?> setting : given.values().keySet()) {
      if (!AgentSettings.COMMON.contains(setting) && !command.flags().contains(setting)) {
        throw new UsageException(
            "Unknown option: '%s'%s".formatted(Flag.of(setting), Commands.having(setting)));
      }
    }
  }

  private int run(Invocation invocation) {
    LibraryLog.mask(invocation.secrets());
    try {
      return invocation.command().run(invocation);
    } catch (StretcherException.Defect e) {
      return defect(Objects.requireNonNullElse(e.getCause(), e), invocation);
    } catch (StretcherException | InterruptedException e) {
      // The log has it already.
      return FAILURE;
    } catch (UsageException | IllegalArgumentException e) {
      return misused(e, invocation.command(), invocation.err(), invocation.words());
    } catch (IllegalStateException e) {
      invocation.err().println("stretcher: " + Printable.line(String.valueOf(e.getMessage())));
      return FAILURE;
    } catch (RuntimeException | Error e) {
      return defect(e, invocation);
    }
  }

  private int defect(Throwable what, Invocation invocation) {
    if (what instanceof OutOfMemoryError error && JvmMemory.isOfThreads(error)) {
      invocation
          .err()
          .println(
              "stretcher: %s is not enough; %s"
                  .formatted(JvmMemory.text(error), JvmMemory.remedy(error)));
    } else if (what instanceof OutOfMemoryError) {
      invocation
          .err()
          .println("stretcher: the memory of the JVM is not enough; raise it by JAVA_OPTS=-Xmx");
    } else if (OpenFiles.areTooFew(what)) {
      invocation.err().println("stretcher: too many open files: " + OpenFiles.remedy());
    } else {
      invocation.err().println("stretcher: this is a bug, please report it with what follows");
      StringWriter trace = new StringWriter();
      what.printStackTrace(new PrintWriter(trace));
      // Indented, since a message in it may have lines that look like those of the log.
      Printable.lines(invocation.secrets().apply(trace.toString()))
          .forEach(line -> invocation.err().println("  " + line));
    }
    return FAILURE;
  }

  /**
   * Tells whether {@code consul watch} runs this process; it ends with the first failing handler.
   */
  boolean underConsulWatch() {
    return !surroundings.environment().getOrDefault("CONSUL_INDEX", "").isEmpty();
  }

  private int misused(Exception e, Command command) {
    return misused(e, command, surroundings.err(), FlagNames.ofAnyHost());
  }

  private static int misused(Exception e, Command command, PrintStream err, FlagNames words) {
    String message =
        URL.matcher(words.apply(String.valueOf(e.getMessage())))
            .replaceAll(url -> Matcher.quoteReplacement(RedactedUri.of(url.group())));
    err.println("stretcher: " + Printable.line(message) + help(e, command));
    return USAGE;
  }

  /** Says where the right arguments are; of a configuration the message says all. */
  private static String help(Exception e, Command command) {
    if (e instanceof ConfigException) {
      return "";
    }
    boolean hasOwn = Commands.NAMED.contains(command) && !command.name().equals("help");
    return "; see stretcher " + (hasOwn ? "help " + command.name() : "--help");
  }
}
