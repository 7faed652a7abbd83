package dev.stretcher.sync.internal.journal;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What the journal says of a release.
 *
 * @param id the name of the release
 * @param mark its state, or that it is gone
 * @param at since when
 * @param origin what it was made of; empty if another tool has made it
 * @param proven whether it is good, or was so before
 * @param switched why the link was led to it, if the line was written at a switch
 */
public record JournalEntry(
    String id,
    Mark mark,
    Instant at,
    Optional<Origin> origin,
    boolean proven,
    Optional<Switch> switched) {
  /** Why a link was led to a release. */
  public enum Switch {
    DEPLOY,
    ROLLBACK;

    static Optional<Switch> parse(String label) {
      for (Switch each : values()) {
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

  /**
   * What a release was made of.
   *
   * @param made when its deploy began
   * @param manifest where its manifest was, without secrets
   * @param manifestDigest the SHA-256 of the manifest
   * @param archive the digest of the archive, with the name of its algorithm, if it is known
   * @param rules a digest of what else makes the tree
   */
  public record Origin(
      Instant made,
      String manifest,
      String manifestDigest,
      Optional<String> archive,
      String rules) {
    /** Tells whether a release of the one is also a release of the other. */
    public boolean makesTheSameAs(Origin other) {
      return archive.isPresent() && archive.equals(other.archive) && rules.equals(other.rules);
    }
  }

  /** Creates what is known of a release whose link was not switched now. */
  public JournalEntry(String id, Mark mark, Instant at, Optional<Origin> origin) {
    this(id, mark, at, origin, mark == Mark.GOOD, Optional.empty());
  }

  /** Returns this entry in another state. */
  public JournalEntry with(Mark other, Instant since) {
    return new JournalEntry(
        id, other, since, origin, proven || other == Mark.GOOD, Optional.empty());
  }

  /** Returns this entry at a switch of the link to its release. */
  public JournalEntry switched(Switch why) {
    return new JournalEntry(id, mark, at, origin, proven, Optional.of(why));
  }

  /** Returns this entry of a release of which an earlier line may say that it was good. */
  JournalEntry after(JournalEntry before) {
    return proven || !before.proven ? this : new JournalEntry(id, mark, at, origin, true, switched);
  }

  /** Tells whether a deploy has made the release live; earlier versions wrote no reason. */
  boolean isLiveByDeploy() {
    return switched.isPresent() ? switched.get() == Switch.DEPLOY : mark == Mark.LIVE;
  }
}
