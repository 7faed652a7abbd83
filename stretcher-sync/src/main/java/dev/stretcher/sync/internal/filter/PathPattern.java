package dev.stretcher.sync.internal.filter;

import java.util.Arrays;

/**
 * A pattern for paths: a glob, and which part of a path it is held against. Immutable.
 *
 * <ul>
 *   <li>With a slash at its start it is held against the whole path.
 *   <li>Without any slash and without {@code **} it is held against the last component.
 *   <li>With slashes inside it is held against as many components at the end as it has.
 *   <li>With {@code **}, against what follows any slash; at its start that may be the whole path.
 * </ul>
 */
final class PathPattern {
  private enum Against {
    WHOLE,
    LAST_COMPONENTS,
    AFTER_ANY_SLASH
  }

  private final BytePattern pattern;
  private final boolean onlyDirectories;
  private final Against against;
  private final int components;

  /** {@code **}{@code /x} matches an x at the root as well: the path gets a slash to match. */
  private final boolean slashBefore;

  /** {@code x/***} matches x itself as well, if it is a directory. */
  private final boolean slashAfter;

  private PathPattern(byte[] text, boolean onlyDirectories) {
    boolean anchored = text[0] == '/';
    byte[] rest = anchored ? Arrays.copyOfRange(text, 1, text.length) : text;
    int stars = indexOfStars(text);
    this.onlyDirectories = onlyDirectories;
    this.pattern = BytePattern.of(rest);
    this.components = slashes(text) + 1;
    this.slashBefore = stars == 0;
    this.slashAfter = stars >= 0 && endsWithThreeStars(text);
    this.against = against(anchored, stars);
  }

  static PathPattern of(byte[] text) {
    boolean onlyDirectories = text.length > 1 && text[text.length - 1] == '/';
    byte[] pattern = onlyDirectories ? Arrays.copyOf(text, text.length - 1) : text;
    return new PathPattern(pattern, onlyDirectories);
  }

  private static Against against(boolean anchored, int stars) {
    if (anchored || stars == 0) {
      return Against.WHOLE;
    }
    return stars > 0 ? Against.AFTER_ANY_SLASH : Against.LAST_COMPONENTS;
  }

  private static int slashes(byte[] text) {
    int slashes = 0;
    for (byte b : text) {
      slashes += b == '/' ? 1 : 0;
    }
    return slashes;
  }

  private static int indexOfStars(byte[] text) {
    for (int i = 0; i + 1 < text.length; i++) {
      if (text[i] == '*' && text[i + 1] == '*') {
        return i;
      }
    }
    return -1;
  }

  private static boolean endsWithThreeStars(byte[] text) {
    int length = text.length;
    return length >= 3
        && text[length - 1] == '*'
        && text[length - 2] == '*'
        && text[length - 3] == '*';
  }

  /** Returns {@code path} with a slash before and after it, for {@link #matches}. */
  static byte[] slashed(byte[] path) {
    byte[] slashed = new byte[path.length + 2];
    System.arraycopy(path, 0, slashed, 1, path.length);
    slashed[0] = '/';
    slashed[path.length + 1] = '/';
    return slashed;
  }

  /**
   * Tells whether a path matches, which is {@link #slashed} so that patterns may see the slashes.
   */
  boolean matches(byte[] slashed, boolean directory) {
    if (onlyDirectories && !directory) {
      return false;
    }
    int to = slashAfter && directory ? slashed.length : slashed.length - 1;
    return switch (against) {
      case WHOLE -> pattern.matches(slashed, slashBefore ? 0 : 1, to);
      case LAST_COMPONENTS -> matchesLastComponents(slashed, to);
      case AFTER_ANY_SLASH -> matchesAfterAnySlash(slashed, to);
    };
  }

  private boolean matchesLastComponents(byte[] slashed, int to) {
    int left = components;
    for (int i = to - 1; i >= 0; i--) {
      if (slashed[i] == '/' && --left == 0) {
        return pattern.matches(slashed, i + 1, to);
      }
    }
    return false;
  }

  private boolean matchesAfterAnySlash(byte[] slashed, int to) {
    for (int i = 0; i < to; i++) {
      if (slashed[i] == '/' && pattern.matches(slashed, i + 1, to)) {
        return true;
      }
    }
    return false;
  }
}
