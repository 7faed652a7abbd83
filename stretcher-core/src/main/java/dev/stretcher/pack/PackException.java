package dev.stretcher.pack;

import java.io.IOException;

/**
 * Says why a tree was not packed. The message names the file, what was expected and what to do. No
 * archive was written, and nothing was left behind.
 */
public final class PackException extends IOException {
  /** Creates the exception. */
  PackException(String message) {
    super(message);
  }

  /** Creates the exception for what has failed below. */
  PackException(String message, Throwable cause) {
    super(message, cause);
  }
}
