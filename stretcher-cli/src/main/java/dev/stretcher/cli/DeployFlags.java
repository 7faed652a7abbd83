package dev.stretcher.cli;

import dev.stretcher.Options;
import dev.stretcher.text.ByteSize;
import dev.stretcher.text.GoDuration;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** The flags that say how to deploy; they may stand before or after a subcommand. */
final class DeployFlags {
  @Option(
      names = {"--max-band-width", "--max-bandwidth"},
      paramLabel = "STRING",
      scope = ScopeType.INHERIT,
      converter = Bytes.class,
      description = "Limit of the download per second: 10MB, 10MiB, 512k, 1048576.")
  private @Nullable Long bytesPerSecond;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      scope = ScopeType.INHERIT,
      converter = Time.class,
      description = "Limit for downloading src, body included: 90s, 1m30s, 500ms, 90. 0 is none.")
  private @Nullable Duration timeout;

  @Option(
      names = "--random-delay",
      paramLabel = "DURATION",
      scope = ScopeType.INHERIT,
      converter = Time.class,
      description = "Sleep a random time below this one before anything else.")
  private Duration randomDelay = Options.DEFAULT.randomDelay();

  @Option(
      names = "--retry",
      paramLabel = "INT",
      scope = ScopeType.INHERIT,
      converter = Count.class,
      description = "Retries of a download (default: 3).")
  private int retries = Options.DEFAULT.retries();

  @Option(
      names = "--retry-wait",
      paramLabel = "DURATION",
      scope = ScopeType.INHERIT,
      converter = Time.class,
      description = "Wait before a retry, growing and jittered (default: 3s).")
  private Duration retryWait = Options.DEFAULT.retryWait();

  @Option(
      names = "--rsync-verbose",
      paramLabel = "STRING",
      scope = ScopeType.INHERIT,
      converter = Verbosity.class,
      description = "What a sync says of each file: \"\", -v, -vv or -vvv (default: -v).")
  private int verbosity = Options.DEFAULT.verbosity();

  @Option(
      names = "--lock-timeout",
      paramLabel = "DURATION",
      scope = ScopeType.INHERIT,
      converter = Time.class,
      description = "How long to wait for another deploy to the same dest (default: 10m).")
  private Duration lockTimeout = Options.DEFAULT.lockTimeout();

  @Option(
      names = "--sync-strategy",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description =
          "The strategy of manifests that name none: tree, rsync or mv"
              + " (default: STRETCHER_SYNC_STRATEGY, else tree).")
  private @Nullable String syncStrategy;

  @Option(
      names = "--decompressor",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description =
          "What decompresses archives: auto (a faster program on PATH for large ones), java,"
              + " or igzip, pigz, unpigz, gzip, zstd, xz, pixz (default: auto).")
  private String decompressor = Options.DEFAULT.decompressor();

  @Option(
      names = {"-v", "--version"},
      versionHelp = true,
      scope = ScopeType.INHERIT,
      description = "Print the version.")
  @SuppressWarnings("UnusedVariable") // picocli answers it
  private boolean version;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Print this help.")
  @SuppressWarnings("UnusedVariable") // picocli answers it
  private boolean help;

  Options toOptions(Map<String, String> environment) {
    Options options =
        Options.DEFAULT
            .withRandomDelay(randomDelay)
            .withRetries(retries, retryWait)
            .withVerbosity(verbosity)
            .withLockTimeout(lockTimeout)
            .withDecompressor(decompressor)
            .withSyncStrategy(strategy(environment));
    if (timeout != null && !timeout.isZero()) {
      options = options.withDownloadTimeout(timeout);
    }
    return bytesPerSecond == null || bytesPerSecond == 0
        ? options
        : options.withBytesPerSecond(bytesPerSecond);
  }

  private String strategy(Map<String, String> environment) {
    if (syncStrategy != null) {
      return syncStrategy;
    }
    String variable = environment.getOrDefault("STRETCHER_SYNC_STRATEGY", "");
    return variable.isEmpty() ? Options.DEFAULT.syncStrategy() : variable;
  }

  /** Sizes such as {@code 10MB}. */
  static final class Bytes implements ITypeConverter<Long> {
    @Override
    public Long convert(String value) {
      try {
        return ByteSize.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** Durations such as {@code 90s}. */
  static final class Time implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      try {
        return GoDuration.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** Numbers from 0. */
  static final class Count implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      if (!value.matches("[0-9]{1,6}")) {
        throw new TypeConversionException("'" + value + "' is not a number from 0 to 999999");
      }
      return Integer.valueOf(value);
    }
  }

  /** {@code -v} to {@code -vvv}. */
  static final class Verbosity implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      if (!value.matches("|-v{1,3}")) {
        throw new TypeConversionException("'" + value + "' is not \"\", -v, -vv or -vvv");
      }
      return Math.max(0, value.length() - 1);
    }
  }
}
