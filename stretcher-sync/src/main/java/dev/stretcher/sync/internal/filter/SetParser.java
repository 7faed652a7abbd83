package dev.stretcher.sync.internal.filter;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads the inside of {@code [a-z]}, {@code [!abc]} and {@code [[:digit:]_]}. Used once. */
final class SetParser {
  private static final int NONE = -1;

  private final byte[] pattern;
  private final ByteSet set = new ByteSet();
  private int at;

  /** The last single byte, with which a range may begin. */
  private int previous = NONE;

  SetParser(byte[] pattern, int start) {
    this.pattern = pattern;
    this.at = start;
  }

  /** Returns the set; empty if it has no end, or a class in it that is none. */
  Optional<ByteSet> parse() {
    boolean negated = at < pattern.length && (pattern[at] == '!' || pattern[at] == '^');
    at += negated ? 1 : 0;
    boolean first = true;
    while (at < pattern.length && (first || pattern[at] != ']')) {
      if (!element()) {
        at = pattern.length;
      }
      first = false;
    }
    if (at >= pattern.length) {
      return Optional.empty();
    }
    at++;
    return Optional.of(negated ? set.complement() : set.withoutSlash());
  }

  /** Returns the index after the set. */
  int end() {
    return Math.min(at, pattern.length);
  }

  private boolean element() {
    if (pattern[at] == '\\') {
      at++;
      return at < pattern.length && single();
    }
    if (pattern[at] == '-' && previous != NONE && has(1) && pattern[at + 1] != ']') {
      return range();
    }
    if (pattern[at] == '[' && has(1) && pattern[at + 1] == ':') {
      return characterClass();
    }
    return single();
  }

  private boolean has(int ahead) {
    return at + ahead < pattern.length;
  }

  private boolean single() {
    previous = pattern[at++] & 255;
    set.add(previous);
    return true;
  }

  private boolean range() {
    at++;
    if (pattern[at] == '\\' && ++at == pattern.length) {
      return false;
    }
    set.addRange(previous, pattern[at++] & 255);
    previous = NONE;
    return true;
  }

  private boolean characterClass() {
    int close = at + 2;
    while (close < pattern.length && pattern[close] != ']') {
      close++;
    }
    if (close == pattern.length) {
      return false;
    }
    int length = close - at - 3;
    if (length < 0 || pattern[close - 1] != ':') {
      // Not a class after all: a bracket like any other byte.
      return single();
    }
    String name = new String(pattern, at + 2, length, StandardCharsets.US_ASCII);
    at = close + 1;
    previous = NONE;
    return PosixClass.addTo(set, name);
  }
}
