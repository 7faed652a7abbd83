package dev.stretcher.fleet;

/** A value of the store is not what its key promises. It is no news, and removes nothing. */
public final class MalformedValueException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Creates an exception that says what was expected. */
  public MalformedValueException(String message) {
    super(message);
  }
}
