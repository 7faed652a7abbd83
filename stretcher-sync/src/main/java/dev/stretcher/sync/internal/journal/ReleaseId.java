package dev.stretcher.sync.internal.journal;

import dev.stretcher.text.Printable;
import java.io.IOException;
import java.util.function.Predicate;

/** The names that releases may have: each is the name of a directory. */
public final class ReleaseId {
  private static final int LONGEST = 100;

  private ReleaseId() {}

  /** Tells whether a text can be the name of a release. */
  public static boolean isOne(String text) {
    if (text.isEmpty() || text.length() > LONGEST || text.startsWith(".") || text.startsWith("-")) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (!isAllowed(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAllowed(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == '-';
  }

  /** Refuses what cannot be the name of a release. */
  public static void require(String id) throws IOException {
    if (!isOne(id)) {
      String shown = id.length() > LONGEST ? id.substring(0, LONGEST) + "..." : id;
      throw new IOException(
          "release.id: \"%s\" cannot name a release; use 1 to %s of A-Z a-z 0-9 . _ -, not beginning with . or -"
              .formatted(Printable.of(shown), LONGEST));
    }
  }

  /** Returns the first of {@code id}, {@code id-2}, {@code id-3}... that is not taken. */
  public static String free(String id, Predicate<String> taken) {
    String free = id;
    for (int number = 2; taken.test(free); number++) {
      free = id + "-" + number;
    }
    return free;
  }
}
