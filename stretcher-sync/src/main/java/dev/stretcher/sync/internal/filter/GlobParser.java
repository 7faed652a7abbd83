package dev.stretcher.sync.internal.filter;

import dev.stretcher.sync.internal.filter.Glob.Token;
import java.util.ArrayList;
import java.util.List;

/** Reads a shell pattern, with all its corners as rsync(1) has them. Used once. */
final class GlobParser {
  private final byte[] pattern;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  GlobParser(byte[] pattern) {
    this.pattern = pattern;
  }

  List<Token> parse() {
    while (at < pattern.length) {
      switch (pattern[at]) {
        case '*' -> star();
        case '?' -> one(ByteSet.noSlash(), 1);
        case '[' -> set();
        case '\\' -> escape();
        default -> one(ByteSet.of(pattern[at]), 1);
      }
    }
    return List.copyOf(tokens);
  }

  private void one(ByteSet set, int length) {
    tokens.add(new Token.One(set));
    at += length;
  }

  private void star() {
    int start = at;
    while (at < pattern.length && pattern[at] == '*') {
      at++;
    }
    tokens.add(new Token.Star(at - start > 1));
  }

  /** A backslash at the end escapes nothing, and the pattern matches nothing. */
  private void escape() {
    boolean last = at + 1 == pattern.length;
    one(last ? new ByteSet() : ByteSet.of(pattern[at + 1]), 2);
  }

  private void set() {
    SetParser parser = new SetParser(pattern, at + 1);
    // Without its end a set matches nothing, and so does the pattern.
    one(parser.parse().orElseGet(ByteSet::new), 0);
    at = parser.end();
  }
}
