package dev.stretcher.sync.internal.journal;

import dev.stretcher.release.Release;
import java.util.Locale;
import java.util.Optional;

/** What a line of the journal says of a release: its state, or that it is gone. */
public enum Mark {
  PREPARED,
  LIVE,
  GOOD,
  BAD,
  ADOPTED,
  UNKNOWN,
  GONE;

  public static Mark of(Release.State state) {
    return valueOf(state.name());
  }

  /** Returns the state; empty if the release is gone. */
  public Optional<Release.State> state() {
    return this == GONE ? Optional.empty() : Optional.of(Release.State.valueOf(name()));
  }

  static Optional<Mark> parse(String label) {
    for (Mark each : values()) {
      if (each.label().equals(label)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
