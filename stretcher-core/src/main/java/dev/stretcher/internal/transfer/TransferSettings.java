package dev.stretcher.internal.transfer;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How to transfer an object.
 *
 * @param userAgent how we introduce ourselves
 * @param retry when to try again
 * @param bytesPerSecond the limit of all connections together; empty is none
 * @param connections how many may be used for a large object, from 1
 * @param stall how long nothing may come; empty is for ever
 * @param lowSpeed the least bytes per second; empty is none
 */
public record TransferSettings(
    String userAgent,
    RetryPolicy retry,
    OptionalLong bytesPerSecond,
    int connections,
    Optional<Duration> stall,
    OptionalLong lowSpeed) {}
