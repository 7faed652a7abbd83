package dev.stretcher.fleet;

import java.util.Locale;
import java.util.Optional;

/** What a host does about an app. */
public enum HostState {
  /** There is nothing to do, as nothing is desired yet. */
  IDLE,
  /** It waits: for its turn, for a time, or until it tries again. */
  WAITING,
  /** It fetches and verifies. */
  FETCHING,
  /** What is desired lies ready, and is not live. */
  PREPARED,
  /** It brings dest to what is desired, and runs commands. */
  DEPLOYING,
  /** It runs the commands of {@code health}. */
  CHECKING,
  /** What is desired is live, and good. */
  LIVE,
  /** It could not be deployed, and is not tried again until something else is desired. */
  FAILED,
  /** It failed, and an earlier release is live again. */
  ROLLED_BACK,
  /** This host does not go on, since too many others failed. */
  HELD,
  /** Something newer is desired, or another deploy has replaced what was live. */
  SUPERSEDED;

  // Whoever looks at a large fleet asks for it thousands of times.
  private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** Returns its name in lower case, with dashes, such as {@code rolled-back}. */
  public String label() {
    return label;
  }

  /** Returns the state of a {@link #label}; empty if there is none, as later versions may have. */
  public static Optional<HostState> of(String label) {
    for (HostState state : values()) {
      if (state.label.equals(label)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }
}
