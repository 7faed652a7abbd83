package dev.stretcher;

import dev.stretcher.internal.archive.Decompressors;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How to deploy, as far as the manifest does not say. Immutable.
 *
 * @param downloadTimeout the limit for fetching an archive, body included; empty is none
 * @param bytesPerSecond the limit of the download's rate; empty is none
 * @param retries how often a failed download is tried again
 * @param retryWait the wait before the first of these; later ones grow and are jittered
 * @param randomDelay a random time below this one passes before anything else
 * @param lockTimeout how long to wait for another deploy to the same dest
 * @param syncStrategy the syncer for manifests that name none
 * @param verbosity how much syncers say of each file, 0 to 3
 * @param decompressor what decompresses archives: {@code auto}, the fastest program on PATH for
 *     large ones; {@code java}, no program; or the name of a program, see {@link #DECOMPRESSORS}
 */
public record Options(
    Optional<Duration> downloadTimeout,
    OptionalLong bytesPerSecond,
    int retries,
    Duration retryWait,
    Duration randomDelay,
    Duration lockTimeout,
    String syncStrategy,
    int verbosity,
    String decompressor) {

  /** What {@code decompressor} can be. */
  public static final List<String> DECOMPRESSORS = Decompressors.NAMES;

  /** The defaults. */
  public static final Options DEFAULT =
      new Options(
          Optional.empty(),
          OptionalLong.empty(),
          3,
          Duration.ofSeconds(3),
          Duration.ZERO,
          Duration.ofMinutes(10),
          "tree",
          1,
          "auto");

  /** Refuses values that make no sense. */
  public Options {
    if (downloadTimeout.isPresent()) {
      requirePositive("downloadTimeout", !downloadTimeout.get().isNegative());
      requirePositive("downloadTimeout", !downloadTimeout.get().isZero());
    }
    requirePositive("bytesPerSecond", bytesPerSecond.isEmpty() || bytesPerSecond.getAsLong() > 0);
    requirePositive("retries", retries >= 0);
    requirePositive("retryWait", !retryWait.isNegative());
    requirePositive("randomDelay", !randomDelay.isNegative());
    requirePositive("lockTimeout", !lockTimeout.isNegative());
    requirePositive("verbosity", verbosity >= 0 && verbosity <= 3);
    if (!DECOMPRESSORS.contains(decompressor)) {
      throw new IllegalArgumentException(
          "there is no decompressor '%s'; use one of %s"
              .formatted(decompressor, String.join(", ", DECOMPRESSORS)));
    }
  }

  private static void requirePositive(String name, boolean ok) {
    if (!ok) {
      throw new IllegalArgumentException(name + " is out of range");
    }
  }

  /** Returns these options with a limit for fetching an archive. */
  public Options withDownloadTimeout(Duration limit) {
    return new Options(
        Optional.of(limit),
        bytesPerSecond,
        retries,
        retryWait,
        randomDelay,
        lockTimeout,
        syncStrategy,
        verbosity,
        decompressor);
  }

  /** Returns these options with a limit of the download's rate. */
  public Options withBytesPerSecond(long limit) {
    return new Options(
        downloadTimeout,
        OptionalLong.of(limit),
        retries,
        retryWait,
        randomDelay,
        lockTimeout,
        syncStrategy,
        verbosity,
        decompressor);
  }

  /** Returns these options with retries of a download. */
  public Options withRetries(int count, Duration wait) {
    return new Options(
        downloadTimeout,
        bytesPerSecond,
        count,
        wait,
        randomDelay,
        lockTimeout,
        syncStrategy,
        verbosity,
        decompressor);
  }

  /** Returns these options with a random delay before a deploy. */
  public Options withRandomDelay(Duration below) {
    return new Options(
        downloadTimeout,
        bytesPerSecond,
        retries,
        retryWait,
        below,
        lockTimeout,
        syncStrategy,
        verbosity,
        decompressor);
  }

  /** Returns these options with a limit for the wait for another deploy. */
  public Options withLockTimeout(Duration limit) {
    return new Options(
        downloadTimeout,
        bytesPerSecond,
        retries,
        retryWait,
        randomDelay,
        limit,
        syncStrategy,
        verbosity,
        decompressor);
  }

  /** Returns these options with another syncer for manifests that name none. */
  public Options withSyncStrategy(String name) {
    return new Options(
        downloadTimeout,
        bytesPerSecond,
        retries,
        retryWait,
        randomDelay,
        lockTimeout,
        name,
        verbosity,
        decompressor);
  }

  /** Returns these options with another verbosity, 0 to 3. */
  public Options withVerbosity(int level) {
    return new Options(
        downloadTimeout,
        bytesPerSecond,
        retries,
        retryWait,
        randomDelay,
        lockTimeout,
        syncStrategy,
        level,
        decompressor);
  }

  /** Returns these options with another decompressor, one of {@link #DECOMPRESSORS}. */
  public Options withDecompressor(String name) {
    return new Options(
        downloadTimeout,
        bytesPerSecond,
        retries,
        retryWait,
        randomDelay,
        lockTimeout,
        syncStrategy,
        verbosity,
        name);
  }
}
