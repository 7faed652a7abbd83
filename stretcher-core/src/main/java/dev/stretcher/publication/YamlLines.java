package dev.stretcher.publication;

import dev.stretcher.yaml.YamlWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Changes keys of a YAML text line by line, so that comments and templates of the other lines stay.
 * Whether the text then means what was meant, a reader of YAML has to find out: this one knows only
 * mappings in block style, and a mapping in braces on one line.
 */
final class YamlLines {
  private static final Pattern BRACES = Pattern.compile("\\{(.*)\\}(\\s*(?:#.*)?)");

  private final List<String> lines;

  YamlLines(String text) {
    this.lines = new ArrayList<>(List.of(text.split("\n", -1)));
  }

  /** Returns what stands behind a key at the top level, without a comment. */
  Optional<String> value(String key) {
    int at = find(key, "", 0, lines.size());
    return at < 0 ? Optional.empty() : Optional.of(behind(lines.get(at)));
  }

  /** Sets a key at the top level: in its place, or at the end, so that other lines stay theirs. */
  void set(String key, String value) {
    int at = find(key, "", 0, lines.size());
    if (at < 0) {
      append(pair(key, value));
    } else {
      removeIndented(at + 1);
      lines.set(at, pair(key, value));
    }
  }

  /** Removes a key at the top level. */
  void remove(String key) {
    int at = find(key, "", 0, lines.size());
    if (at >= 0) {
      removeIndented(at + 1);
      lines.remove(at);
    }
  }

  /** Sets a key of a mapping at the top level, which is made if it is not there. */
  void set(String mapping, String key, String value) {
    int at = find(mapping, "", 0, lines.size());
    if (at < 0) {
      append(mapping + ":");
      append("  " + pair(key, value));
      return;
    }
    Matcher braces = BRACES.matcher(behind(lines.get(at)));
    if (braces.matches()) {
      lines.set(at, mapping + ": {" + inBraces(braces.group(1), key, value) + "}");
    } else {
      setBelow(at, key, value);
    }
  }

  private void setBelow(int mapping, String key, String value) {
    int end = endOfIndented(mapping + 1);
    String indent = "  ";
    for (int i = mapping + 1; i < end; i++) {
      String line = lines.get(i);
      if (!line.isBlank() && !line.stripLeading().startsWith("#")) {
        indent = line.substring(0, line.length() - line.stripLeading().length());
        break;
      }
    }
    int at = find(key, indent, mapping + 1, end);
    if (at < 0) {
      lines.add(mapping + 1, indent + pair(key, value));
    } else {
      lines.set(at, indent + pair(key, value));
    }
  }

  private static String inBraces(String inside, String key, String value) {
    Pattern known =
        Pattern.compile(
            "((?:^|,)\\s*[\"']?"
                + Pattern.quote(key)
                + "[\"']?\\s*:\\s*)"
                + "(\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|[^,]*)");
    Matcher there = known.matcher(inside);
    String scalar = "\"" + scalar(value) + "\"";
    if (there.find()) {
      return inside.substring(0, there.end(1)) + scalar + inside.substring(there.end());
    }
    return key + ": " + scalar + (inside.isBlank() ? "" : ", " + inside.strip());
  }

  /** Returns a value for braces, where commas and brackets mean something. */
  private static String scalar(String value) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean plain = c == ' ' || c > 0x20 && c < 0x7f && "\"\\{".indexOf(c) < 0;
      text.append(plain ? String.valueOf(c) : "\\u" + hex(c));
    }
    return text.toString();
  }

  private static String hex(char c) {
    return Integer.toHexString(0x10000 + c).substring(1);
  }

  private static String pair(String key, String value) {
    return YamlWriter.write(Map.of(key, value)).stripTrailing();
  }

  /** Adds a line after the last one that is not empty. */
  private void append(String line) {
    int end = lines.size();
    while (end > 0 && lines.get(end - 1).isBlank()) {
      end--;
    }
    lines.add(end, line);
    if (end + 1 == lines.size()) {
      lines.add("");
    }
  }

  private void removeIndented(int from) {
    lines.subList(from, endOfIndented(from)).clear();
  }

  /** Returns the end of the lines that belong to the key before them. */
  private int endOfIndented(int from) {
    int end = from;
    for (int i = from; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!line.isBlank()) {
        if (!Character.isWhitespace(line.charAt(0))) {
          break;
        }
        end = i + 1;
      }
    }
    return end;
  }

  private int find(String key, String indent, int from, int to) {
    Pattern form =
        Pattern.compile(
            Pattern.quote(indent) + "([\"']?)" + Pattern.quote(key) + "\\1\\s*:(\\s.*)?");
    for (int i = from; i < to; i++) {
      if (form.matcher(lines.get(i).stripTrailing()).matches()) {
        return i;
      }
    }
    return -1;
  }

  private static String behind(String line) {
    String text = line.substring(line.indexOf(':') + 1).strip();
    int comment = text.startsWith("#") ? 0 : text.indexOf(" #");
    String value = comment < 0 ? text : text.substring(0, comment).strip();
    boolean quoted =
        value.length() > 1
            && (value.startsWith("\"") && value.endsWith("\"")
                || value.startsWith("'") && value.endsWith("'"));
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  String text() {
    return String.join("\n", lines);
  }
}
