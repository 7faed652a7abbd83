package dev.stretcher.sources.internal.http;

import java.nio.file.AccessDeniedException;

/** What an operator configured cannot be used. Trying again does not help. */
public final class Unusable {
  private Unusable() {}

  /** Returns an exception that names the thing itself, and not the object that is fetched. */
  public static AccessDeniedException of(Object thing, String reason) {
    // Whoever catches it shows the reason and names the object.
    return new AccessDeniedException(null, null, thing + ": " + reason);
  }
}
