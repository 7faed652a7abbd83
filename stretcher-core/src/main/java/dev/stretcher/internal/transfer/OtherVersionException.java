package dev.stretcher.internal.transfer;

import java.io.IOException;

/** What was answered is of another version of the object than what has arrived before. */
final class OtherVersionException extends IOException {
  private static final long serialVersionUID = 1L;

  OtherVersionException() {
    super("the object was replaced while it was fetched");
  }
}
