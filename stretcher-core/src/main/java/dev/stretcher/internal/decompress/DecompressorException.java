package dev.stretcher.internal.decompress;

import java.io.IOException;

/**
 * Says that this host cannot decompress an archive, which is no fault of the archive: a program or
 * a library is missing, or ended by itself. The message has the remedy.
 */
public final class DecompressorException extends IOException {
  private static final long serialVersionUID = 1L;

  DecompressorException(String message) {
    super(message);
  }

  DecompressorException(String message, Throwable cause) {
    super(message, cause);
  }
}
