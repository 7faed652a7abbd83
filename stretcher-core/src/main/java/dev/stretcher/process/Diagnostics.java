package dev.stretcher.process;

import java.lang.System.Logger.Level;

/**
 * Tells the host's logging about errors without consequences. The logger is looked up only when
 * there is something to log, since that opens each jar of the class path.
 */
public final class Diagnostics {
  private Diagnostics() {}

  /** Logs a detail for people who look for a defect of {@code place}. */
  public static void debug(Class<?> place, String text, Throwable cause) {
    System.getLogger(place.getName()).log(Level.DEBUG, text, cause);
  }

  /** Logs a failure of {@code place} on this host. */
  public static void warn(Class<?> place, String text, Throwable cause) {
    System.getLogger(place.getName()).log(Level.WARNING, text, cause);
  }
}
