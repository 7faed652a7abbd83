package dev.stretcher.option;

/** What is done about an event that was handled before, which {@code consul watch} may repeat. */
public enum Replay {
  /** It is not deployed again, however the deploy ended; needs a ledger. */
  SKIP,
  /** It is deployed again. */
  DEPLOY
}
