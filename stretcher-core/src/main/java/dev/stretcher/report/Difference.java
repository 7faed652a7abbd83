package dev.stretcher.report;

import java.nio.file.Path;

/**
 * A name in a dest that is not as it was deployed.
 *
 * @param path relative to dest; empty for dest itself
 * @param kind what is wrong
 * @param detail what is there and what was expected, as text for people; empty if nothing is to be
 *     added
 */
public record Difference(Path path, Kind kind, String detail) {
  /** What is wrong with a name. */
  public enum Kind {
    /** It is there, but it is another thing, or has another content or other attributes. */
    CHANGED,
    /** It was deployed, and is not there any more. */
    MISSING,
    /** It is there, and was not deployed. Of a directory, what is in it is not listed. */
    EXTRA
  }
}
