package dev.stretcher.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/**
 * The arguments, taken apart. Flags may stand before or after the subcommand.
 *
 * @param flags those that were given
 * @param parameter the argument of the subcommand, if it was given
 * @param config of this host
 */
record Arguments(
    Subcommand subcommand, CommandLine flags, Optional<String> parameter, Config config) {

  /** Reads the arguments, with the flags of the configuration before them. */
  static Arguments parse(Map<String, String> environment, String... args) throws UsageException {
    CommandLine given = line(args);
    if (given.hasOption(Flags.HELP) || given.hasOption(Flags.VERSION)) {
      return of(given, Config.EMPTY);
    }
    Config config =
        ConfigFile.OF_THIS_HOST.read(
            Optional.ofNullable(given.getOptionValue(Flags.CONFIG)), environment);
    List<String> all = new ArrayList<>(config.arguments());
    all.addAll(List.of(args));
    return of(line(all.toArray(String[]::new)), config);
  }

  private static Arguments of(CommandLine line, Config config) throws UsageException {
    List<String> names = line.getArgList();
    Subcommand subcommand =
        Subcommand.NAMED.stream()
            .filter(named -> !names.isEmpty() && named.name().equals(names.get(0)))
            .findFirst()
            .orElse(Subcommand.AGENT);
    requireOwnFlags(subcommand, line);
    List<String> rest = subcommand.is(Subcommand.AGENT) ? names : names.subList(1, names.size());
    int most = subcommand.parameter().isEmpty() ? 0 : 1;
    if (rest.size() > most) {
      throw new UsageException("Unexpected argument: '" + rest.get(most) + "'");
    }
    return new Arguments(subcommand, line, rest.stream().findFirst(), config);
  }

  /** Reads flags of a configuration on their own. */
  static Arguments ofConfig(List<String> flags) throws UsageException {
    return of(line(flags.toArray(String[]::new)), Config.EMPTY);
  }

  private static CommandLine line(String... args) throws UsageException {
    Options all = Flags.all();
    try {
      return DefaultParser.builder()
          .setAllowPartialMatching(false)
          .setStripLeadingAndTrailingQuotes(false)
          .get()
          .parse(all, new Spellings(all).normalize(args));
    } catch (UnrecognizedOptionException e) {
      throw unknown(e.getOption());
    } catch (MissingArgumentException e) {
      throw new UsageException(
          "Missing value of option '--%s' (%s)"
              .formatted(e.getOption().getLongOpt(), e.getOption().getArgName()));
    } catch (ParseException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private static UsageException unknown(String option) {
    return new UsageException("Unknown option: '" + option + "'");
  }

  private static void requireOwnFlags(Subcommand subcommand, CommandLine line)
      throws UsageException {
    for (Subcommand other : Subcommand.NAMED) {
      Optional<Option> flag = other.flag().filter(line::hasOption);
      if (flag.isPresent() && !other.is(subcommand)) {
        throw unknown("--" + flag.get().getLongOpt());
      }
    }
  }

  boolean has(Option flag) {
    return flags.hasOption(flag);
  }

  String requireParameter() throws UsageException {
    if (parameter.isEmpty()) {
      throw new UsageException("Missing argument: " + subcommand.parameter());
    }
    return parameter.get();
  }
}
