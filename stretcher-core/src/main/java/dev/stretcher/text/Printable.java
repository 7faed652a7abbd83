package dev.stretcher.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes text safe to print in one line of a terminal: no character of the text ends the line, moves
 * the cursor or turns the direction of the text. Such a character is shown escaped: {@code \n},
 * {@code \r}, {@code \t}, {@code \x1b}, {@code \}{@code u2028}. A backslash stays as it is, since
 * commands are full of them. Stateless and thread-safe.
 */
public final class Printable {
  /** Ends a piece of a longer line, so that a reader of the pieces knows that they are one line. */
  public static final String CONTINUED = " ... (this line goes on in the next one)";

  private static final String HEX = "0123456789abcdef";

  private Printable() {}

  /** Returns the text with each such character escaped. */
  public static String of(String text) {
    return escaped(text, false);
  }

  /** Returns the text of a path, see {@link NativeText}, in the same form. */
  public static String of(Path path) {
    return of(NativeText.text(path));
  }

  /** Returns a line of a log: the same, but a tab stays, since programs print tables with tabs. */
  public static String line(String text) {
    return escaped(text, true);
  }

  /** Returns the lines of a text of several lines, each like {@link #line}. */
  public static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      lines.add(line(text.substring(start, end)));
      start = end + 1;
    }
    if (start < text.length() || lines.isEmpty()) {
      lines.add(line(text.substring(start)));
    }
    return lines;
  }

  /**
   * Returns JSON, or a piece of JSON, with these characters in the escapes of JSON, so that it
   * means the same. Writers of JSON leave those beyond ASCII as they are.
   */
  public static CharSequence json(CharSequence json) {
    StringBuilder result = null;
    int start = 0;
    for (int at = 0; at < json.length(); at++) {
      char c = json.charAt(at);
      if (c >= 0x7f && isEscaped(c)) {
        result = result == null ? new StringBuilder(json.length() + 16) : result;
        hex("\\u", c, 12, result.append(json, start, at));
        start = at + 1;
      }
    }
    return result == null ? json : result.append(json, start, json.length());
  }

  /** Tells whether a character is one that is escaped. All of them take one {@code char}. */
  private static boolean isEscaped(char c) {
    if (c < 0xa0) {
      return c < ' ' || c >= 0x7f;
    }
    return c == 0x061c
        || c == 0x200e
        || c == 0x200f
        || (c >= 0x2028 && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x2069);
  }

  private static String escaped(String text, boolean keepsTabs) {
    int first = next(text, 0, keepsTabs);
    if (first == text.length()) {
      return text;
    }
    StringBuilder result = new StringBuilder(text.length() + 16);
    int start = 0;
    for (int at = first; at < text.length(); at = next(text, start, keepsTabs)) {
      result.append(text, start, at);
      escape(text.charAt(at), result);
      start = at + 1;
    }
    return result.append(text, start, text.length()).toString();
  }

  private static int next(String text, int from, boolean keepsTabs) {
    int at = from;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (isEscaped(c) && !(keepsTabs && c == '\t')) {
        break;
      }
      at++;
    }
    return at;
  }

  private static void escape(char c, StringBuilder result) {
    switch (c) {
      case '\n' -> result.append("\\n");
      case '\r' -> result.append("\\r");
      case '\t' -> result.append("\\t");
      default -> hex(c < 0x100 ? "\\x" : "\\u", c, c < 0x100 ? 4 : 12, result);
    }
  }

  private static void hex(String prefix, char c, int first, StringBuilder result) {
    result.append(prefix);
    for (int shift = first; shift >= 0; shift -= 4) {
      result.append(HEX.charAt(c >> shift & 15));
    }
  }
}
