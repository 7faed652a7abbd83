package dev.stretcher.cli.flag;

import dev.stretcher.option.Options;
import dev.stretcher.option.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/**
 * A parsed command line: values of settings, as they were written, and the other arguments. Flags
 * may stand before or after the subcommand.
 *
 * @param values by setting
 * @param names the arguments that are no flags
 */
public record Given(Map<Setting<?>, List<String>> values, List<String> names) {
  /**
   * Parses a command line.
   *
   * @param settings the settings that flags may name
   * @throws UsageException if a flag is unknown or has no value
   */
  public static Given parse(List<Setting<?>> settings, String... args) throws UsageException {
    Map<Setting<?>, List<String>> values = new LinkedHashMap<>();
    CommandLine line = line(settings, args);
    for (Setting<?> setting : settings) {
      if (line.hasOption(setting.name())) {
        String[] texts = line.getOptionValues(setting.name());
        values.put(setting, texts == null ? List.of("true") : List.of(texts));
      }
    }
    return new Given(values, line.getArgList());
  }

  private static CommandLine line(List<Setting<?>> settings, String... args) throws UsageException {
    try {
      return DefaultParser.builder()
          .setAllowPartialMatching(false)
          .setStripLeadingAndTrailingQuotes(false)
          .get()
          .parse(Flag.options(settings), new Spellings(settings).normalize(args));
    } catch (UnrecognizedOptionException e) {
      throw new UsageException("Unknown option: '" + e.getOption() + "'");
    } catch (MissingArgumentException e) {
      throw new UsageException(
          "Missing value of option '%s' (%s)"
              .formatted(Flag.of(e.getOption().getLongOpt()), e.getOption().getArgName()));
    } catch (ParseException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Returns the same for a command, whose own settings take precedence over others of their names:
   * {@code --timeout} is not the same for all.
   */
  public Given of(List<Setting<?>> own) {
    Map<Setting<?>, List<String>> meant = new LinkedHashMap<>();
    for (Map.Entry<Setting<?>, List<String>> each : values.entrySet()) {
      meant.put(named(each.getKey(), own), each.getValue());
    }
    return new Given(meant, names);
  }

  private static Setting<?> named(Setting<?> setting, List<Setting<?>> own) {
    for (Setting<?> each : own) {
      if (each.name().equals(setting.name())) {
        return each;
      }
    }
    return setting;
  }

  /** Tells whether a setting was given. */
  public boolean has(Setting<?> setting) {
    return values.containsKey(setting);
  }

  /**
   * Returns options with the values that were given.
   *
   * @throws UsageException if a value is wrong
   */
  public Options over(Options base) throws UsageException {
    Options options = base;
    for (Map.Entry<Setting<?>, List<String>> each : values.entrySet()) {
      try {
        options = with(options, each.getKey(), each.getValue());
      } catch (IllegalArgumentException e) {
        throw new FlagValueException(each.getKey(), String.valueOf(e.getMessage()));
      }
    }
    return options;
  }

  /**
   * Returns options with another value of one setting. A setting that may be repeated gets the
   * texts in addition to its value, any other the last text.
   *
   * @throws IllegalArgumentException with the reason, if a text is not a value
   */
  public static <T> Options with(Options options, Setting<T> setting, List<String> texts) {
    return options.with(
        setting,
        Flag.isRepeated(setting)
            ? all(options.get(setting), setting, texts)
            : setting.parse(texts.get(texts.size() - 1)));
  }

  @SuppressWarnings("unchecked") // a setting whose default is a list has lists for values
  private static <T> T all(T before, Setting<T> setting, List<String> texts) {
    List<Object> all = new ArrayList<>((List<Object>) before);
    for (String text : texts) {
      all.addAll((List<Object>) setting.parse(text));
    }
    return (T) List.copyOf(all);
  }
}
