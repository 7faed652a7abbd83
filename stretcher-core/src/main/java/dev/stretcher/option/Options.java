package dev.stretcher.option;

import dev.stretcher.internal.decompress.Decompressors;
import dev.stretcher.limit.Limits;
import dev.stretcher.policy.Policy;
import dev.stretcher.text.GoDuration;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * How to deploy, as far as the manifest does not say. Immutable.
 *
 * @param downloadTimeout the limit for fetching an archive, body included; empty is none
 * @param bytesPerSecond the limit of the download's rate; empty is none
 * @param connections how many connections a large archive may be fetched over, from 1
 * @param stallTimeout how long nothing may come before a download is broken off and tried again;
 *     empty is for ever
 * @param retries how often a failed download is tried again
 * @param retryWait the wait before the first of these; later ones grow and are jittered
 * @param randomDelay a random time below this one passes before anything else
 * @param lockTimeout how long to wait for another deploy to the same dest
 * @param onBusy what to do when there is one
 * @param replay what to do with an event that was handled before
 * @param syncStrategy the syncer for manifests that name none
 * @param verbosity how much syncers say of each file, 0 to 3
 * @param decompressor what decompresses archives: {@code auto}, the fastest program on PATH for
 *     large ones; {@code java}, no program; or the name of a program, see {@link #DECOMPRESSORS}
 * @param limits what is refused because it is too large
 * @param fsync how much of a deploy outlasts a failure of the power
 * @param policy what may be deployed
 * @param adopt whether a dest that no deploy has made may be emptied; if not, a sync is refused
 *     that would delete {@linkplain dev.stretcher.spi.Deletions#areMost most} of it. Which dests
 *     deploys have made, the ledger knows; without one, none is known
 * @param runAs the user that commands run as; empty is the agent's
 */
public record Options(
    Optional<Duration> downloadTimeout,
    OptionalLong bytesPerSecond,
    int connections,
    Optional<Duration> stallTimeout,
    int retries,
    Duration retryWait,
    Duration randomDelay,
    Duration lockTimeout,
    OnBusy onBusy,
    Replay replay,
    String syncStrategy,
    int verbosity,
    String decompressor,
    Limits limits,
    Fsync fsync,
    Policy policy,
    boolean adopt,
    Optional<String> runAs) {

  private static final int MOST_CONNECTIONS = 64;

  /** What {@code decompressor} can be. */
  public static final List<String> DECOMPRESSORS = Decompressors.NAMES;

  /** The defaults. */
  public static final Options DEFAULT =
      new Options(
          Optional.empty(),
          OptionalLong.empty(),
          4,
          Optional.of(Duration.ofSeconds(30)),
          3,
          Duration.ofSeconds(3),
          Duration.ZERO,
          Duration.ofMinutes(10),
          OnBusy.NEWEST,
          Replay.SKIP,
          "tree",
          1,
          "auto",
          Limits.DEFAULT,
          Fsync.FILES,
          Policy.OPEN,
          false,
          Optional.empty());

  /** Refuses values that make no sense. */
  public Options {
    downloadTimeout.ifPresent(limit -> requireMoreThan0("downloadTimeout", limit));
    stallTimeout.ifPresent(limit -> requireMoreThan0("stallTimeout", limit));
    requireRange("connections", connections, 1, MOST_CONNECTIONS);
    requireRange("bytesPerSecond", bytesPerSecond.orElse(1), 1, Long.MAX_VALUE);
    requireRange("retries", retries, 0, Integer.MAX_VALUE);
    requireRange("verbosity", verbosity, 0, 3);
    requireNotNegative("retryWait", retryWait);
    requireNotNegative("randomDelay", randomDelay);
    requireNotNegative("lockTimeout", lockTimeout);
    if (!DECOMPRESSORS.contains(decompressor)) {
      throw new IllegalArgumentException(
          "there is no decompressor '%s'; use one of %s"
              .formatted(decompressor, String.join(", ", DECOMPRESSORS)));
    }
  }

  private static void requireMoreThan0(String name, Duration value) {
    require(name, GoDuration.format(value), value.compareTo(Duration.ZERO) > 0, "more than 0");
  }

  private static void requireNotNegative(String name, Duration value) {
    require(name, GoDuration.format(value), !value.isNegative(), "0 or more");
  }

  private static void requireRange(String name, long value, long least, long most) {
    require(name, value, value >= least && value <= most, least + " to " + most);
  }

  private static void require(String name, Object value, boolean ok, String expected) {
    if (!ok) {
      throw new IllegalArgumentException("%s is %s, expected %s".formatted(name, value, expected));
    }
  }

  /** Returns these options with a limit for fetching an archive. */
  public Options withDownloadTimeout(Duration limit) {
    return with(draft -> draft.downloadTimeout = Optional.of(limit));
  }

  /** Returns these options with a limit of the download's rate. */
  public Options withBytesPerSecond(long limit) {
    return with(draft -> draft.bytesPerSecond = OptionalLong.of(limit));
  }

  /** Returns these options with another number of connections, from 1. */
  public Options withConnections(int count) {
    return with(draft -> draft.connections = count);
  }

  /** Returns these options with another limit for the time without a byte; empty is none. */
  public Options withStallTimeout(Optional<Duration> limit) {
    return with(draft -> draft.stallTimeout = limit);
  }

  /** Returns these options with retries of a download. */
  public Options withRetries(int count, Duration wait) {
    return with(
        draft -> {
          draft.retries = count;
          draft.retryWait = wait;
        });
  }

  /** Returns these options with a random delay before a deploy. */
  public Options withRandomDelay(Duration below) {
    return with(draft -> draft.randomDelay = below);
  }

  /** Returns these options with a limit for the wait for another deploy. */
  public Options withLockTimeout(Duration limit) {
    return with(draft -> draft.lockTimeout = limit);
  }

  /** Returns these options with another answer to a deploy that is running. */
  public Options withOnBusy(OnBusy other) {
    return with(draft -> draft.onBusy = other);
  }

  /** Returns these options with another answer to an event that was handled before. */
  public Options withReplay(Replay other) {
    return with(draft -> draft.replay = other);
  }

  /** Returns these options with another syncer for manifests that name none. */
  public Options withSyncStrategy(String name) {
    return with(draft -> draft.syncStrategy = name);
  }

  /** Returns these options with another verbosity, 0 to 3. */
  public Options withVerbosity(int level) {
    return with(draft -> draft.verbosity = level);
  }

  /** Returns these options with another decompressor, one of {@link #DECOMPRESSORS}. */
  public Options withDecompressor(String name) {
    return with(draft -> draft.decompressor = name);
  }

  /** Returns these options with other limits. */
  public Options withLimits(Limits other) {
    return with(draft -> draft.limits = other);
  }

  /** Returns these options with another durability. */
  public Options withFsync(Fsync other) {
    return with(draft -> draft.fsync = other);
  }

  /** Returns these options with another policy. */
  public Options withPolicy(Policy other) {
    return with(draft -> draft.policy = other);
  }

  /** Returns these options with leave, or without, to empty a dest that no deploy has made. */
  public Options withAdopt(boolean leave) {
    return with(draft -> draft.adopt = leave);
  }

  /**
   * Returns these options with a user that commands run as. Needs root, and {@code setpriv} of
   * util-linux; a hook runner that does not heed it is refused.
   */
  public Options withRunAs(String user) {
    return with(draft -> draft.runAs = Optional.of(user));
  }

  private Options with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.options();
  }

  /** Options while one of them is changed. */
  private static final class Draft {
    private Optional<Duration> downloadTimeout;
    private OptionalLong bytesPerSecond;
    private int connections;
    private Optional<Duration> stallTimeout;
    private int retries;
    private Duration retryWait;
    private Duration randomDelay;
    private Duration lockTimeout;
    private OnBusy onBusy;
    private Replay replay;
    private String syncStrategy;
    private int verbosity;
    private String decompressor;
    private Limits limits;
    private Fsync fsync;
    private Policy policy;
    private boolean adopt;
    private Optional<String> runAs;

    Draft(Options from) {
      downloadTimeout = from.downloadTimeout;
      bytesPerSecond = from.bytesPerSecond;
      connections = from.connections;
      stallTimeout = from.stallTimeout;
      retries = from.retries;
      retryWait = from.retryWait;
      randomDelay = from.randomDelay;
      lockTimeout = from.lockTimeout;
      onBusy = from.onBusy;
      replay = from.replay;
      syncStrategy = from.syncStrategy;
      verbosity = from.verbosity;
      decompressor = from.decompressor;
      limits = from.limits;
      fsync = from.fsync;
      policy = from.policy;
      adopt = from.adopt;
      runAs = from.runAs;
    }

    Options options() {
      return new Options(
          downloadTimeout,
          bytesPerSecond,
          connections,
          stallTimeout,
          retries,
          retryWait,
          randomDelay,
          lockTimeout,
          onBusy,
          replay,
          syncStrategy,
          verbosity,
          decompressor,
          limits,
          fsync,
          policy,
          adopt,
          runAs);
    }
  }
}
