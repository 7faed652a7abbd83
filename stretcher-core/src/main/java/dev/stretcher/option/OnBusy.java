package dev.stretcher.option;

/** What a deploy does when another one to the same dest is running. */
public enum OnBusy {
  /** The deploy waits for its turn, in the order in which the events came. */
  WAIT,
  /**
   * The deploy waits, and gives way to a deploy whose event came later; so only one of many waiting
   * deploys is left.
   */
  NEWEST,
  /** The deploy fails at once. */
  FAIL
}
