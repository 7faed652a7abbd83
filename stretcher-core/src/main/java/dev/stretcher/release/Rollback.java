package dev.stretcher.release;

import java.time.Duration;
import java.util.Optional;

/**
 * A rollback that worked. Immutable.
 *
 * @param from the release that was live, as it is now; empty if the link led to none
 * @param to the release that is live now
 * @param elapsed how long it took, from the lock to the last command
 */
public record Rollback(Optional<Release> from, Release to, Duration elapsed) {}
