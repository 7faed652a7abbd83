package dev.stretcher.process;

import java.lang.System.Logger.Level;

/**
 * Tells the host's logging of what went wrong without consequence. The logger is only looked up
 * when there is something to say, since that opens each jar of the class path.
 */
public final class Diagnostics {
  private Diagnostics() {}

  /** Logs what only someone who looks for a defect of {@code place} wants to know. */
  public static void debug(Class<?> place, String text, Throwable cause) {
    System.getLogger(place.getName()).log(Level.DEBUG, text, cause);
  }

  /** Logs what {@code place} could not do for this host. */
  public static void warn(Class<?> place, String text, Throwable cause) {
    System.getLogger(place.getName()).log(Level.WARNING, text, cause);
  }
}
