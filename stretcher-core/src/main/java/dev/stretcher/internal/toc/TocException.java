package dev.stretcher.internal.toc;

import java.io.IOException;

/**
 * Says that a table of contents is of no use: cut, damaged, not the one that was expected, too
 * large, or that it lies. The archive itself may be good all the same.
 */
public final class TocException extends IOException {
  private static final long serialVersionUID = 1L;

  TocException(String message) {
    super("the table of contents " + message);
  }

  TocException(String message, Throwable cause) {
    super("the table of contents " + message, cause);
  }
}
