package dev.stretcher.cli.flag;

/** The arguments are wrong; the message says which one, and what was expected. */
public class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Creates it with a message for people. */
  public UsageException(String message) {
    super(message);
  }
}
