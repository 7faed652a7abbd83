package dev.stretcher.cli.flag;

import dev.stretcher.option.Setting;
import dev.stretcher.text.NearName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The spellings of flags that the original and its older releases accept, as Go's flag package
 * does: {@code -timeout 30}, {@code -max-bandwidth=10MB}, {@code --rsync-verbose -v}. And {@code -o
 * FILE}, as tools that write a file have it.
 */
final class Spellings {
  private final Map<String, Setting<?>> settings = new HashMap<>();

  Spellings(List<Setting<?>> settings) {
    for (Setting<?> setting : settings) {
      this.settings.put(setting.name(), setting);
    }
  }

  /**
   * Returns the arguments with two dashes and each value in the argument of its flag; if a flag is
   * given twice, its last value counts, unless the flag may be repeated.
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
      @Nullable Setting<?> setting = settings.get(name);
      if (setting == null) {
        normal.add(requireArgument(arg));
        continue;
      }
      if (!Flag.isRepeated(setting)) {
        normal.removeIf(earlier -> name(earlier).equals(name));
      }
      if (setting.isSwitch()) {
        addSwitch(normal, setting, arg);
      } else {
        boolean apart = !arg.contains("=") && i + 1 < args.length;
        normal.add("--" + name + (apart ? "=" + args[++i] : arg.replaceFirst("[^=]*", "")));
      }
    }
    return normal.toArray(String[]::new);
  }

  /**
   * Returns what names no setting: an argument, letters that are flags, or a letter and its number.
   * commons-cli would take any text behind the name of a flag for its value.
   */
  private String requireArgument(String arg) throws UsageException {
    if (arg.startsWith("-") && !arg.matches("-|-[vh]+|-n[0-9]+")) {
      throw new UsageException(
          "Unknown option: '%s'%s".formatted(arg.replaceFirst("(?s)=.*", ""), guess(name(arg))));
    }
    return arg;
  }

  /** Guesses what was meant; a few letters are near to every short name. */
  private String guess(String name) {
    return name.length() < 4
        ? ""
        : NearName.of(name, settings.keySet())
            .map(near -> "; did you mean %s?".formatted(Flag.of(near)))
            .orElse("");
  }

  private static void addSwitch(List<String> normal, Setting<?> setting, String arg)
      throws UsageException {
    boolean on = isOn(setting, arg);
    if (Flag.letter(setting) == null) {
      normal.add("--" + setting.name() + "=" + on);
    } else if (on) {
      // It has no value, so that it can be one of several letters.
      normal.add("--" + setting.name());
    }
  }

  /**
   * Tells whether a switch is on, such as {@code --dry-run}, {@code --dry-run=true} or {@code
   * --dry-run=false}.
   */
  private static boolean isOn(Setting<?> setting, String arg) throws UsageException {
    String value = arg.contains("=") ? arg.replaceFirst("[^=]*=", "") : "true";
    if (!value.equals("true") && !value.equals("false")) {
      throw new FlagValueException(setting, "'%s' is not true or false".formatted(value));
    }
    return value.equals("true");
  }

  private static String name(String arg) {
    if (!arg.startsWith("-")) {
      return "";
    }
    String name = arg.replaceFirst("^--?", "").replaceFirst("(?s)=.*", "");
    return switch (name) {
      case "max-bandwidth" -> "max-band-width";
      case "o" -> "output";
      default -> name;
    };
  }
}
