package dev.stretcher.sync.internal.filter;

import java.util.ArrayList;
import java.util.List;

/**
 * A shell pattern for bytes, in which {@code *}, {@code ?} and {@code [set]} match no slash and
 * {@code **} does. Immutable.
 *
 * <p>It is matched with one way back for each of the two stars, so that it takes at most time in
 * proportion to the lengths of both, squared, whatever the pattern.
 */
final class Glob {
  private final List<Token> tokens;

  private Glob(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** A part of a pattern. */
  sealed interface Token {
    /** Any number of bytes. */
    record Star(boolean slashes) implements Token {}

    /** One byte. */
    record One(ByteSet set) implements Token {}
  }

  /**
   * Reads a pattern.
   *
   * @param wild if not, all of it is literal, backslashes included
   */
  static Glob compile(byte[] pattern, boolean wild) {
    if (wild) {
      return new Glob(new GlobParser(pattern).parse());
    }
    List<Token> tokens = new ArrayList<>(pattern.length);
    for (byte b : pattern) {
      tokens.add(new Token.One(ByteSet.of(b)));
    }
    return new Glob(List.copyOf(tokens));
  }

  /** Tells whether {@code text} from {@code start} to its end matches. */
  boolean matches(byte[] text, int start) {
    Attempt star = null;
    Attempt starStar = null;
    int t = start;
    int p = 0;
    while (t < text.length || p < tokens.size()) {
      Token token = p < tokens.size() ? tokens.get(p) : null;
      if (token instanceof Token.Star any) {
        p++;
        Attempt attempt = new Attempt(p, t);
        star = any.slashes() ? null : attempt;
        starStar = any.slashes() ? attempt : starStar;
      } else if (token instanceof Token.One one && t < text.length && one.set().has(text[t])) {
        t++;
        p++;
      } else if (star != null && star.text < text.length && text[star.text] != '/') {
        t = ++star.text;
        p = star.token;
      } else if (starStar != null && starStar.text < text.length) {
        star = null;
        t = ++starStar.text;
        p = starStar.token;
      } else {
        return false;
      }
    }
    return true;
  }

  /** Where to go on when a star has to take one byte more. */
  private static final class Attempt {
    final int token;
    int text;

    Attempt(int token, int text) {
      this.token = token;
      this.text = text;
    }
  }
}
