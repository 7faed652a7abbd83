package dev.stretcher.sync.internal.filter;

import java.util.Map;
import java.util.function.IntPredicate;

/** The character classes of POSIX in the C locale, by their names. */
final class PosixClass {
  private static final Map<String, IntPredicate> CLASSES =
      Map.ofEntries(
          Map.entry("alnum", c -> isLetter(c) || isDigit(c)),
          Map.entry("alpha", PosixClass::isLetter),
          Map.entry("blank", c -> c == ' ' || c == '\t'),
          Map.entry("cntrl", c -> c < ' ' || c == 127),
          Map.entry("digit", PosixClass::isDigit),
          Map.entry("graph", c -> c > ' ' && c < 127),
          Map.entry("lower", PosixClass::isLower),
          Map.entry("print", c -> c >= ' ' && c < 127),
          Map.entry("punct", c -> c > ' ' && c < 127 && !isLetter(c) && !isDigit(c)),
          Map.entry("space", c -> c == ' ' || (c >= '\t' && c <= '\r')),
          Map.entry("upper", PosixClass::isUpper),
          Map.entry("xdigit", c -> isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')));

  private PosixClass() {}

  /** Adds the bytes of a class; tells whether there is such a class. */
  static boolean addTo(ByteSet set, String name) {
    IntPredicate members = CLASSES.get(name);
    if (members == null) {
      return false;
    }
    for (int c = 0; c < 128; c++) {
      if (members.test(c)) {
        set.add(c);
      }
    }
    return true;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLower(int c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isUpper(int c) {
    return c >= 'A' && c <= 'Z';
  }

  private static boolean isLetter(int c) {
    return isLower(c) || isUpper(c);
  }
}
