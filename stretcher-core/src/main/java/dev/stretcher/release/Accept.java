package dev.stretcher.release;

/** Which releases a rollback may lead to, if they are named. */
public enum Accept {
  /**
   * One that is good or was so before, or which another tool has made; and that is as it was made.
   */
  GOOD,
  /**
   * Any that is there: also one that never was good, or that was changed since it was made. What
   * was changed is told as a warning.
   */
  ANY
}
