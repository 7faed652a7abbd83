package dev.stretcher.sync.internal.filter;

import java.util.List;

/**
 * A shell pattern for bytes, in which {@code *}, {@code ?} and {@code [set]} match no slash and
 * {@code **} does. Immutable.
 *
 * <p>Of the stars only the last one has to try to take more, and when it comes to a slash, the last
 * {@code **} before it: what an earlier one could take, they can take as well. So whatever the
 * pattern, the time is at most in proportion to the product of its length, that of the text and
 * that of the longest name in it.
 */
final class Glob implements BytePattern {
  private final List<Token> tokens;

  Glob(byte[] pattern) {
    this.tokens = new GlobParser(pattern).parse();
  }

  /** A part of a pattern. */
  sealed interface Token {
    /** Any number of bytes. */
    record Star(boolean slashes) implements Token {}

    /** One byte. */
    record One(ByteSet set) implements Token {}
  }

  @Override
  public boolean matches(byte[] text, int from, int to) {
    Attempt star = null;
    Attempt starStar = null;
    int t = from;
    int p = 0;
    while (t < to || p < tokens.size()) {
      Token token = p < tokens.size() ? tokens.get(p) : null;
      if (token instanceof Token.Star any) {
        p++;
        Attempt attempt = new Attempt(p, t);
        star = any.slashes() ? null : attempt;
        starStar = any.slashes() ? attempt : starStar;
      } else if (token instanceof Token.One one && t < to && one.set().has(text[t])) {
        t++;
        p++;
      } else if (star != null && star.text < to && text[star.text] != '/') {
        t = ++star.text;
        p = star.token;
      } else if (starStar != null && starStar.text < to) {
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
