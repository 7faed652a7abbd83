package dev.stretcher.manifest;

/** How a sync finds out whether a regular file in dest has the content of the archive's. */
public enum Comparison {
  /**
   * Files of the same size and modification time, to the second, have the same content. This is the
   * "quick check" of rsync(1).
   */
  QUICK,
  /**
   * The contents are compared, whatever the times say, as {@code rsync --checksum} does. For
   * archives in which all files have one modification time.
   */
  CHECKSUM
}
