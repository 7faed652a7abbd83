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
  private static final byte[] SLASH = {'/'};

  private enum Against {
    WHOLE,
    LAST_COMPONENTS,
    AFTER_ANY_SLASH
  }

  private final Glob glob;
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
    int slashes = count(text);
    int stars = indexOfStars(text);
    this.onlyDirectories = onlyDirectories;
    this.glob = Glob.compile(rest, isWild(text));
    this.components = slashes + 1;
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

  private static boolean isWild(byte[] text) {
    for (byte b : text) {
      if (b == '*' || b == '?' || b == '[') {
        return true;
      }
    }
    return false;
  }

  private static int count(byte[] text) {
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

  boolean matches(byte[] path, boolean directory) {
    if (onlyDirectories && !directory) {
      return false;
    }
    byte[] subject = slashBefore ? join(SLASH, path) : path;
    if (slashAfter && directory) {
      subject = join(subject, SLASH);
    }
    return switch (against) {
      case WHOLE -> glob.matches(subject, 0);
      case LAST_COMPONENTS -> matchesLastComponents(subject);
      case AFTER_ANY_SLASH -> matchesAfterAnySlash(subject);
    };
  }

  private boolean matchesLastComponents(byte[] subject) {
    int left = components;
    int start = subject.length;
    while (start > 0 && (subject[start - 1] != '/' || --left > 0)) {
      start--;
    }
    return (left <= 1) && glob.matches(subject, start);
  }

  private boolean matchesAfterAnySlash(byte[] subject) {
    if (glob.matches(subject, 0)) {
      return true;
    }
    for (int i = 0; i < subject.length; i++) {
      if (subject[i] == '/' && glob.matches(subject, i + 1)) {
        return true;
      }
    }
    return false;
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }
}
