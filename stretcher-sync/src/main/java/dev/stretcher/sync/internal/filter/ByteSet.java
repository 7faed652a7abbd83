package dev.stretcher.sync.internal.filter;

import java.util.BitSet;

/** A set of bytes. Immutable once built. */
final class ByteSet {
  private final BitSet bits = new BitSet(256);

  static ByteSet of(byte single) {
    ByteSet set = new ByteSet();
    set.bits.set(single & 255);
    return set;
  }

  /** Returns all bytes but the slash. */
  static ByteSet noSlash() {
    ByteSet set = new ByteSet();
    return set.complement();
  }

  ByteSet add(int value) {
    bits.set(value);
    return this;
  }

  /** Adds all from {@code first} to {@code last}; none if they are the other way round. */
  ByteSet addRange(int first, int last) {
    if (first <= last) {
      bits.set(first, last + 1);
    }
    return this;
  }

  /** Removes the slash, which no set matches. */
  ByteSet withoutSlash() {
    bits.clear('/');
    return this;
  }

  ByteSet complement() {
    bits.flip(0, 256);
    return withoutSlash();
  }

  boolean has(byte value) {
    return bits.get(value & 255);
  }
}
