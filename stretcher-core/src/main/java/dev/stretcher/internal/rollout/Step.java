package dev.stretcher.internal.rollout;

import java.time.Duration;
import java.util.Optional;

/** What a host does next on its way to its turn. Immutable. */
public sealed interface Step {
  /**
   * It switches now.
   *
   * @param slot is given back after that
   */
  record Go(Optional<Slot> slot) implements Step {}

  /**
   * It waits, and asks again.
   *
   * @param isHeld whether others failed, so that it may wait for ever
   * @param reason what it waits for; the same text as long as that is the same
   * @param prefix of the keys whose change ends the wait; empty for a pause
   * @param version of their listing
   * @param most how long it waits at most
   */
  record Wait(boolean isHeld, String reason, Optional<String> prefix, long version, Duration most)
      implements Step {
    static Wait pause(boolean isHeld, String reason, Duration time) {
      return new Wait(isHeld, reason, Optional.empty(), 0, time);
    }
  }
}
