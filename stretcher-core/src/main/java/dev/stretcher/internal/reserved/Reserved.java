package dev.stretcher.internal.reserved;

import java.nio.file.Path;

/**
 * A directory or file that nobody deploys over by intention.
 *
 * @param path an absolute path without {@code ..}, which may not exist
 * @param what its name in messages, such as {@code the home of user app}
 * @param reach which names at and below it are reserved
 */
public record Reserved(Path path, String what, Reach reach) {
  /** Which dests are too close; a dest that contains the path always is. */
  public enum Reach {
    /** Only the path itself: directories below it may be dest. */
    ITSELF,
    /** The path and the names directly in it. */
    NAMES,
    /** The path and everything below it. */
    ALL
  }

  /** Returns this with another path. */
  Reserved at(Path other) {
    return path.equals(other) ? this : new Reserved(other, what, reach);
  }
}
