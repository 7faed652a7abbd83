package dev.stretcher.internal.reserved;

import java.nio.file.Path;

/**
 * Something that no one deploys over by intention.
 *
 * @param path an absolute path without {@code ..}, which may not exist
 * @param what what it is, such as {@code the home of user app}
 * @param reach what of it is meant
 */
public record Reserved(Path path, String what, Reach reach) {
  /** Which dests are too close; one that contains it always is. */
  public enum Reach {
    /** Itself: what is below may be deployed to. */
    ITSELF,
    /** Itself and the names directly in it. */
    NAMES,
    /** Itself and all that is below. */
    ALL
  }

  /** Returns it in another place. */
  Reserved at(Path other) {
    return path.equals(other) ? this : new Reserved(other, what, reach);
  }
}
