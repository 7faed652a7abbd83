package dev.stretcher.publish;

import dev.stretcher.text.Printable;

/**
 * The name of an object, below the address of its store. It is the same in a file system, in a URL
 * and in a bucket, without any encoding. Immutable.
 *
 * @param text parts with {@code /} between them; a part has letters and digits of ASCII and {@code
 *     . _ ~ -}, at most {@link #LONGEST} of them, and begins with none of {@code . -}
 */
public record ObjectName(String text) implements Comparable<ObjectName> {
  /** The most characters of a part. */
  public static final int LONGEST = 200;

  /**
   * Refuses what is no name everywhere.
   *
   * @throws IllegalArgumentException if it is not of this form
   */
  public ObjectName {
    if (!isName(text)) {
      throw new IllegalArgumentException(
          "'%s' is no name of an object; expected parts with / between them, each of 1 to %s of A-Z a-z 0-9 . _ ~ -, and none with . or - at its start"
              .formatted(Printable.of(text), LONGEST));
    }
  }

  /** Tells whether a text may be a name. */
  public static boolean isName(String text) {
    for (String part : text.split("/", -1)) {
      if (!isPart(part)) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether a text may be a name without a slash, or a part of one. */
  public static boolean isPart(String text) {
    if (text.isEmpty()
        || text.length() > LONGEST
        || text.charAt(0) == '.'
        || text.charAt(0) == '-') {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean digit = c >= '0' && c <= '9';
      if (!letter && !digit && "._~-".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int compareTo(ObjectName other) {
    return text.compareTo(other.text);
  }

  /** Returns the text. */
  @Override
  public String toString() {
    return text;
  }
}
