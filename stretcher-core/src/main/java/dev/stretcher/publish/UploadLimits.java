package dev.stretcher.publish;

import dev.stretcher.internal.transfer.RetryPolicy;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * The limits of uploads, which are those of downloads.
 *
 * @param retry when to try again
 * @param bytesPerSecond how much is sent at most; empty is no limit
 * @param lowSpeed the least bytes per second that a server has to take; empty is none
 * @param time how long an object may take, with all retries; empty is for ever
 */
record UploadLimits(
    RetryPolicy retry,
    OptionalLong bytesPerSecond,
    OptionalLong lowSpeed,
    Optional<Duration> time) {
  static UploadLimits of(Options options) {
    return new UploadLimits(
        new RetryPolicy(
            options.get(Settings.RETRY),
            options.get(Settings.RETRY_WAIT),
            RandomGenerator.getDefault()),
        unlessNone(options.get(Settings.MAX_BAND_WIDTH)),
        unlessNone(options.get(Settings.LOW_SPEED)),
        options.limit(Settings.TIMEOUT));
  }

  private static OptionalLong unlessNone(long bytes) {
    return bytes == 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
  }
}
