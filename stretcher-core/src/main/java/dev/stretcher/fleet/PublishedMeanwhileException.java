package dev.stretcher.fleet;

/** Somebody else has changed what is desired of an app at the same time. */
public final class PublishedMeanwhileException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Creates an exception that says what was found. */
  public PublishedMeanwhileException(String message) {
    super(message);
  }
}
