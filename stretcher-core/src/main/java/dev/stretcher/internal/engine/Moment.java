package dev.stretcher.internal.engine;

import dev.stretcher.ledger.BootTime;
import java.time.Instant;
import java.util.Optional;

/**
 * A moment by two clocks.
 *
 * @param time by the clock on the wall, for people; it may be set forward and back at any time
 * @param sinceBoot by the clock of the kernel, for decisions, where there is one
 */
public record Moment(Instant time, Optional<BootTime> sinceBoot) {}
