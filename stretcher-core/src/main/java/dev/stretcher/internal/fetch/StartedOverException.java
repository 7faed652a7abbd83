package dev.stretcher.internal.fetch;

import java.io.IOException;

/** The transfer of the archive that is being read started over, perhaps with another content. */
public final class StartedOverException extends IOException {
  private static final long serialVersionUID = 1L;

  StartedOverException() {
    super("the transfer started over");
  }
}
