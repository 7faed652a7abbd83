package dev.stretcher.sync.internal.filter;

/** A pattern for a part of a path. Immutable. */
sealed interface BytePattern permits Literal, Glob {
  /** Tells whether all of {@code text} between two indices matches. */
  boolean matches(byte[] text, int from, int to);

  /** Reads a pattern: a literal, backslashes included, unless there is a wildcard in it. */
  static BytePattern of(byte[] pattern) {
    for (byte b : pattern) {
      if (b == '*' || b == '?' || b == '[') {
        return new Glob(pattern);
      }
    }
    return new Literal(pattern);
  }
}
