package dev.stretcher.fleet;

import java.util.regex.Pattern;

/**
 * The name of an application, as it is a part of keys: 1 to 100 of {@code A-Z a-z 0-9 . _ -}, of
 * which the first is a letter or a digit.
 *
 * @param value the name
 */
public record AppName(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  /**
   * Refuses what is no name.
   *
   * @throws IllegalArgumentException if it is none
   */
  public AppName {
    require(value, "name of an application");
  }

  /** Tells whether a text is a name of an application. */
  public static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }

  /** Refuses what has another form; an ID of a version has the same one. */
  static void require(String text, String what) {
    if (!isOne(text)) {
      throw new IllegalArgumentException(
          "'%s' is no %s; expected 1 to 100 of A-Z, a-z, 0-9, '.', '_' and '-', and a letter or a digit first"
              .formatted(text, what));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
