package dev.stretcher.fleet;

import java.util.Optional;

/**
 * How a wait for a fleet ended.
 *
 * @param end the reason
 * @param last what was known last; empty if the store never answered
 */
public record AwaitResult(End end, Optional<FleetStatus> last) {
  /** Why it ended. */
  public enum End {
    /** All hosts that count have it, but for as many as may fail. */
    LIVE,
    /** More hosts failed than may, or those that do not have it hold it. */
    FAILED,
    /** Something else is desired by now. */
    SUPERSEDED,
    /** The time was over: {@link FleetStatus#missing} says which hosts did not report. */
    TIMED_OUT
  }
}
