package dev.stretcher.sync.internal.filter;

import java.util.Arrays;

/** A pattern that matches nothing but itself. */
final class Literal implements BytePattern {
  private final byte[] expected;

  Literal(byte[] expected) {
    this.expected = expected;
  }

  @Override
  public boolean matches(byte[] text, int from, int to) {
    return Arrays.equals(text, from, to, expected, 0, expected.length);
  }
}
