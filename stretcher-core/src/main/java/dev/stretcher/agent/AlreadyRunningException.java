package dev.stretcher.agent;

/** Another agent keeps one of the apps on this host. */
public final class AlreadyRunningException extends Exception {
  private static final long serialVersionUID = 1L;

  AlreadyRunningException(String message) {
    super(message);
  }
}
