package dev.stretcher.cli;

import dev.stretcher.limit.Limit;
import dev.stretcher.limit.Limits;
import dev.stretcher.option.Fsync;
import dev.stretcher.option.OnBusy;
import dev.stretcher.option.Options;
import dev.stretcher.option.Replay;
import dev.stretcher.text.ByteSize;
import dev.stretcher.text.GoDuration;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;

/** Reads the flags that say how to deploy. */
final class DeployFlags {
  private final CommandLine line;

  private DeployFlags(CommandLine line) {
    this.line = line;
  }

  /** Returns what the command line and the environment say. */
  static Options read(CommandLine line, Map<String, String> environment) throws UsageException {
    try {
      return new DeployFlags(line).options(environment);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private Options options(Map<String, String> environment) throws UsageException {
    Options standard = Options.DEFAULT;
    Options options =
        standard
            .withRandomDelay(value(Flags.RANDOM_DELAY, GoDuration::parse, standard.randomDelay()))
            .withRetries(
                value(Flags.RETRY, DeployFlags::count, standard.retries()),
                value(Flags.RETRY_WAIT, GoDuration::parse, standard.retryWait()))
            .withConnections(
                value(Flags.CONNECTIONS, DeployFlags::connections, standard.connections()))
            .withStallTimeout(
                value(Flags.STALL_TIMEOUT, DeployFlags::limit, standard.stallTimeout()))
            .withVerbosity(value(Flags.VERBOSITY, DeployFlags::verbosity, standard.verbosity()))
            .withLockTimeout(value(Flags.LOCK_TIMEOUT, GoDuration::parse, standard.lockTimeout()))
            .withOnBusy(value(Flags.ON_BUSY, choice(OnBusy.values()), standard.onBusy()))
            .withReplay(value(Flags.REPLAY, choice(Replay.values()), standard.replay()))
            .withFsync(value(Flags.FSYNC, choice(Fsync.values()), standard.fsync()))
            .withSyncStrategy(value(Flags.SYNC_STRATEGY, name -> name, strategy(environment)))
            .withAdopt(line.hasOption(Flags.ADOPT))
            .withLimits(limits())
            .withDecompressor(value(Flags.DECOMPRESSOR, name -> name, standard.decompressor()));
    Duration timeout = value(Flags.TIMEOUT, GoDuration::parse, Duration.ZERO);
    if (!timeout.isZero()) {
      options = options.withDownloadTimeout(timeout);
    }
    long bandwidth = value(Flags.BANDWIDTH, ByteSize::parse, 0L);
    return bandwidth == 0 ? options : options.withBytesPerSecond(bandwidth);
  }

  private Limits limits() throws UsageException {
    Limits limits = Limits.DEFAULT;
    for (Map.Entry<Limit, Option> flag : Flags.LIMITS.entrySet()) {
      Limit limit = flag.getKey();
      limits = limits.with(limit, value(flag.getValue(), limit::parse, limit.standard()));
    }
    return limits;
  }

  private static String strategy(Map<String, String> environment) {
    String variable = environment.getOrDefault("STRETCHER_SYNC_STRATEGY", "");
    return variable.isEmpty() ? Options.DEFAULT.syncStrategy() : variable;
  }

  private <T> T value(Option flag, Function<String, T> reading, T otherwise) throws UsageException {
    String given = line.getOptionValue(flag);
    try {
      return given == null ? otherwise : reading.apply(given);
    } catch (IllegalArgumentException e) {
      throw new FlagValueException(flag, String.valueOf(e.getMessage()));
    }
  }

  /** Reads the name of a constant, in lower case. */
  private static <E extends Enum<E>> Function<String, E> choice(E[] values) {
    return text -> {
      for (E value : values) {
        if (text.equals(value.name().toLowerCase(Locale.ROOT))) {
          return value;
        }
      }
      String names =
          Stream.of(values)
              .map(value -> value.name().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "));
      throw new IllegalArgumentException("'%s' is not one of %s".formatted(text, names));
    };
  }

  private static Optional<Duration> limit(String value) {
    return Optional.of(GoDuration.parse(value)).filter(duration -> !duration.isZero());
  }

  private static int connections(String value) {
    return Options.DEFAULT.withConnections(count(value)).connections();
  }

  private static int count(String value) {
    if (!value.matches("[0-9]{1,6}")) {
      throw new IllegalArgumentException("'" + value + "' is not a number from 0 to 999999");
    }
    return Integer.parseInt(value);
  }

  /** Reads {@code -v} to {@code -vvv}. */
  private static int verbosity(String value) {
    if (!value.matches("|-v{1,3}")) {
      throw new IllegalArgumentException("'" + value + "' is not \"\", -v, -vv or -vvv");
    }
    return Math.max(0, value.length() - 1);
  }
}
