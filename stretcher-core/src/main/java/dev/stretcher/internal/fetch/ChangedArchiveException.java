package dev.stretcher.internal.fetch;

import java.io.IOException;

/** A local archive is no longer the one that was verified. */
public final class ChangedArchiveException extends IOException {
  public static final String REMEDY = "give each version of an archive a name of its own";
  private static final long serialVersionUID = 1L;

  ChangedArchiveException(Exception cause) {
    super("the archive was changed while it was deployed; " + REMEDY, cause);
  }
}
