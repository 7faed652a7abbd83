package dev.stretcher.option;

/** What a deploy does when another one to the same dest is running. */
public enum OnBusy {
  /** It waits for its turn, in the order in which the events came. */
  WAIT,
  /** It waits, and gives way to one whose event came later; so of many that wait one is left. */
  NEWEST,
  /** It fails at once. */
  FAIL
}
