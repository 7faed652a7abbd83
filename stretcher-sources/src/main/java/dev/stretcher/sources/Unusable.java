package dev.stretcher.sources;

import java.nio.file.AccessDeniedException;

/** What an operator configured cannot be used. Trying again does not help. */
final class Unusable {
  private Unusable() {}

  /** Returns an exception that names the thing itself, and not the object that is fetched. */
  static AccessDeniedException of(Object thing, String reason) {
    // Whoever catches it shows the reason and names the object.
    return new AccessDeniedException(null, null, thing + ": " + reason);
  }
}
