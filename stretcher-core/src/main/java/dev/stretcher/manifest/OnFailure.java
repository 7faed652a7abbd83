package dev.stretcher.manifest;

/** What becomes of dest if {@code post} or {@code health} commands fail. */
public enum OnFailure {
  /** It stays as the deploy has left it. */
  KEEP,
  /** The release that was good before becomes live again; only for syncers that keep releases. */
  ROLLBACK
}
