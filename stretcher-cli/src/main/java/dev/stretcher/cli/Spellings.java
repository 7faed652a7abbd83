package dev.stretcher.cli;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.jspecify.annotations.Nullable;

/**
 * The spellings of flags that the original and its older releases accept, as Go's flag package
 * does: {@code -timeout 30}, {@code -max-bandwidth=10MB}, {@code --rsync-verbose -v}.
 */
final class Spellings {
  private final Options flags;

  Spellings(Options flags) {
    this.flags = flags;
  }

  /**
   * Returns the arguments with two dashes and each value in the argument of its flag; of a flag
   * that is given twice the last one counts, unless it is meant to be repeated.
   */
  String[] normalize(String... args) throws UsageException {
    List<String> normal = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      String arg = args[i];
      if (arg.equals("--")) {
        normal.addAll(List.of(args).subList(i, args.length));
        break;
      }
      String name = name(arg);
      @Nullable Option flag = flags.hasLongOption(name) ? flags.getOption(name) : null;
      if (flag == null) {
        normal.add(arg);
      } else if (flag.hasArg()) {
        boolean apart = !arg.contains("=") && i + 1 < args.length;
        String value = apart ? "=" + args[++i] : arg.replaceFirst("[^=]*", "");
        if (!flag.equals(Flags.HTTP_HEADER)) {
          normal.removeIf(earlier -> name(earlier).equals(name));
        }
        normal.add("--" + name + value);
      } else {
        normal.removeIf(earlier -> name(earlier).equals(name));
        if (isOn(flag, arg)) {
          normal.add("--" + name);
        }
      }
    }
    return normal.toArray(String[]::new);
  }

  /** Tells what {@code --dry-run}, {@code --dry-run=true} or {@code --dry-run=false} says. */
  private static boolean isOn(Option flag, String arg) throws UsageException {
    String value = arg.contains("=") ? arg.replaceFirst("[^=]*=", "") : "true";
    if (!value.equals("true") && !value.equals("false")) {
      throw new FlagValueException(flag, "'%s' is not true or false".formatted(value));
    }
    return value.equals("true");
  }

  private static String name(String arg) {
    if (!arg.startsWith("-")) {
      return "";
    }
    String name = arg.replaceFirst("^--?", "").replaceFirst("(?s)=.*", "");
    return name.equals("max-bandwidth") ? "max-band-width" : name;
  }
}
