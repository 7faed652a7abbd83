package dev.stretcher.report;

/** The steps of a deploy, in their order. */
public enum Stage {
  /** Waiting for and reading an event. */
  EVENT,
  /** Fetching and reading the manifest. */
  MANIFEST,
  /** Waiting for another deploy to the same dest. */
  LOCK,
  /** Fetching the archive. */
  FETCH,
  /** Verifying the archive. */
  VERIFY,
  /** Running the {@code pre} commands. */
  PRE,
  /** Unpacking the archive into the staging directory. */
  EXTRACT,
  /** Bringing dest to the archive's content. */
  SYNC,
  /** Running the {@code post} commands. */
  POST,
  /** Running the {@code health} commands. */
  HEALTH,
  /** An unknown step. */
  UNKNOWN
}
