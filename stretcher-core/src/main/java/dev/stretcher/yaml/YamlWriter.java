package dev.stretcher.yaml;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes texts, lists and maps as YAML in block style. What {@link YamlDocument} reads from it is
 * the same. Texts are in quotes wherever another reader could take them for something else, and
 * <code>{{</code>, which begins a template in a manifest, is never written.
 */
public final class YamlWriter {
  /**
   * Words, paths and URLs; what begins with another character may be a number. Possessive, since a
   * loop that goes back takes stack for each character.
   */
  private static final Pattern PLAIN =
      Pattern.compile(
          "[A-Za-z/](?:[A-Za-z0-9/._=@%+-]|:(?=[A-Za-z0-9/])| (?=[A-Za-z0-9/._=@%+-]))*+");

  /** What YAML 1.1 or 1.2 takes for something else than text. */
  private static final Set<String> WORDS =
      Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

  private final StringBuilder yaml = new StringBuilder();

  private YamlWriter() {}

  /**
   * Returns a document.
   *
   * @param mapping keys and their values, each a text, a list or a map of such values
   */
  public static String write(Map<String, Object> mapping) {
    YamlWriter writer = new YamlWriter();
    writer.mapping(mapping, 0);
    return writer.yaml.toString();
  }

  private void mapping(Map<?, ?> map, int indent) {
    boolean first = true;
    for (Map.Entry<?, ?> pair : map.entrySet()) {
      if (!first) {
        indent(indent);
      }
      first = false;
      yaml.append(scalar((String) pair.getKey())).append(':');
      value(pair.getValue(), indent);
    }
  }

  /** Writes what stands behind a key. */
  private void value(Object value, int indent) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      yaml.append('\n');
      indent(indent + 1);
      mapping(map, indent + 1);
    } else if (value instanceof List<?> list && !list.isEmpty()) {
      yaml.append('\n');
      sequence(list, indent + 1);
    } else {
      yaml.append(' ').append(single(value)).append('\n');
    }
  }

  private void sequence(List<?> list, int indent) {
    for (Object item : list) {
      indent(indent);
      yaml.append("- ");
      if (item instanceof Map<?, ?> map && !map.isEmpty()) {
        mapping(map, indent + 1);
      } else {
        yaml.append(single(item)).append('\n');
      }
    }
  }

  /** Returns what fits on the line: a text, or nothing at all. */
  private static String single(Object value) {
    if (value instanceof Map<?, ?>) {
      return "{}";
    }
    return value instanceof List<?> ? "[]" : scalar((String) value);
  }

  private void indent(int levels) {
    yaml.append("  ".repeat(levels));
  }

  private static String scalar(String text) {
    return PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT))
        ? text
        : quoted(text);
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    int before = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(before)) {
      int c = text.codePointAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append((char) c);
      } else if (c == '\n') {
        quoted.append("\\n");
      } else if ((c == '{' && before == '{') || !isShown(c)) {
        quoted.append(String.format(Locale.ROOT, c > 0xffff ? "\\U%08X" : "\\u%04X", c));
      } else {
        quoted.appendCodePoint(c);
      }
      before = c;
    }
    return quoted.append('"').toString();
  }

  /** Tells whether a character may stand as it is, and is seen by people. */
  private static boolean isShown(int c) {
    int type = Character.getType(c);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.SURROGATE
        && type != Character.UNASSIGNED
        && type != Character.PRIVATE_USE
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR;
  }
}
