package dev.stretcher.internal.engine;

import dev.stretcher.ledger.BootTime;
import java.time.Instant;
import java.util.Optional;

/**
 * A moment by two clocks.
 *
 * @param time by the wall clock, for people; it may be set forward and back at any time
 * @param sinceBoot by the kernel's clock, for decisions; empty if there is none
 */
public record Moment(Instant time, Optional<BootTime> sinceBoot) {}
