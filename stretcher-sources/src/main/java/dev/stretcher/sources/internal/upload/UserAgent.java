package dev.stretcher.sources.internal.upload;

import dev.stretcher.Stretcher;

/** How a publisher introduces itself. */
public final class UserAgent {
  private UserAgent() {}

  /** Returns the same as for fetches. */
  public static String text() {
    return "Stretcher/" + Stretcher.version();
  }
}
