package dev.stretcher.agent;

import dev.stretcher.fleet.DesiredState;

/**
 * What is deployed. Immutable.
 *
 * @param state the desired one, or the one before it
 * @param wasLive whether the desired one was live, if this one is the one before it
 * @param reason why the desired one was given up; empty if it was not
 */
record Target(DesiredState state, boolean wasLive, String reason) {
  static Target of(DesiredState desired) {
    return new Target(desired, false, "");
  }

  /** Tells whether it is the one before the desired one. */
  boolean isBack() {
    return !reason.isEmpty();
  }
}
