package dev.stretcher.cli;

/** The arguments are wrong; the message says which one, and what was expected. */
class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
