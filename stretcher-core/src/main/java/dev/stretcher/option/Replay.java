package dev.stretcher.option;

/** What a run does with an event that was handled before, which {@code consul watch} may repeat. */
public enum Replay {
  /** The event is not deployed again, however its deploy ended; needs a ledger. */
  SKIP,
  /** The event is deployed again. */
  DEPLOY
}
