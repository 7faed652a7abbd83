package dev.stretcher.text;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Makes text safe to print in one line of a terminal: no character of the text ends the line, moves
 * the cursor or turns the direction of the text. Stateless and thread-safe.
 */
public final class Printable {
  private static final Pattern CONTROL =
      Pattern.compile("[\\p{Cntrl}\u0080-\u009f\u2028-\u202e\u2066-\u2069]");

  private Printable() {}

  /** Returns the text with a question mark in the place of each such character. */
  public static String of(String text) {
    return of(text, "?");
  }

  /** Returns the text of a path, see {@link NativeText}, in the same form. */
  public static String of(Path path) {
    return of(NativeText.text(path));
  }

  /**
   * Returns the text with another character in the place of each such character.
   *
   * @param replacement has neither {@code $} nor a backslash
   */
  public static String of(String text, String replacement) {
    return CONTROL.matcher(text).replaceAll(replacement);
  }
}
