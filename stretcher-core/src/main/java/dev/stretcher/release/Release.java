package dev.stretcher.release;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A release that is there. Immutable.
 *
 * @param id its name, unique at its dest
 * @param state how far it has come
 * @param since since when it has been in that state
 * @param live whether the link of the application leads to it
 * @param directory where it is, absolute
 * @param origin what it was made of; empty if another tool has made it
 * @param proven whether it is good, or was so before: a rollback may lead to it if it is named
 */
public record Release(
    String id,
    State state,
    Instant since,
    boolean live,
    Path directory,
    Optional<NewRelease> origin,
    boolean proven) {

  /** How far a release has come. */
  public enum State {
    /** It lies ready, and has never been live. */
    PREPARED,
    /** It became live, and its {@code post} and {@code health} commands have not passed yet. */
    LIVE,
    /** They have passed: a rollback may lead to it. */
    GOOD,
    /** They have failed, or it was left by a rollback, though it may be {@link #proven}. */
    BAD,
    /**
     * Another tool has made it, and nobody knows how it was; a rollback leads to it only if it is
     * named.
     */
    ADOPTED,
    /**
     * A deploy has made it, and what is known of its state is lost; a rollback leads to it only if
     * it is named, and by force.
     */
    UNKNOWN;

    /** Returns its name in lower case. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
