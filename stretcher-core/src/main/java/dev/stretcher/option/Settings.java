package dev.stretcher.option;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The settings of the core. */
public final class Settings {
  private static final List<Setting<?>> ADDED = new ArrayList<>();
  private static final long MOST_IN_MEMORY = 1 << 30;

  /** The limit of the rate of a download or an upload, in bytes per second; 0 is none. */
  public static final Setting<Long> MAX_BAND_WIDTH =
      add(
          "max-band-width",
          Kinds.SIZE.from(0L),
          0L,
          Topic.FETCH,
          "How many bytes per second a download or an upload may take, such as 10MB; 0 is no"
              + " limit.");

  /** How many connections a large archive may be fetched over. */
  public static final Setting<Integer> CONNECTIONS =
      add(
          "connections",
          Kinds.INT.between(1, 64),
          4,
          Topic.FETCH,
          "How many connections the download of a large archive may use at a time, up to 64.");

  /** The limit for fetching an archive, or uploading an object, body included; 0 is none. */
  public static final Setting<Duration> TIMEOUT =
      add(
          "timeout",
          Kinds.DURATION.from(Duration.ZERO),
          Duration.ZERO,
          Topic.FETCH,
          "How long a download or an upload may take, with its body and all retries; 0 is no"
              + " limit.");

  /**
   * How long a download may receive nothing, and how long a server may take nothing of an upload,
   * before it is broken off and tried again; 0 is for ever.
   */
  public static final Setting<Duration> STALL_TIMEOUT =
      add(
          "stall-timeout",
          Kinds.DURATION.from(Duration.ZERO),
          Duration.ofSeconds(30),
          Topic.FETCH,
          "How long no byte may come, or be taken by the server, before a download or an upload is"
              + " broken off and tried again; 0 is for ever.");

  /**
   * The bytes per second that have to come, or to be taken, on average, over 30 seconds of waiting
   * for the server, or else a download or an upload is broken off and tried again; 0 is no floor. A
   * pause is not slow, but a stall; local files have no floor.
   */
  public static final Setting<Long> LOW_SPEED =
      add(
          "low-speed",
          Kinds.SIZE.from(0L),
          1L << 10,
          Topic.FETCH,
          "How many bytes per second have to come, or be taken by the server, over 30 seconds in"
              + " which it is waited for, or else a download or an upload is broken off and tried"
              + " again; 0 is no floor.");

  /** How often a failed download or upload is tried again. */
  public static final Setting<Integer> RETRY =
      add(
          "retry",
          Kinds.INT.between(0, 999_999),
          3,
          Topic.FETCH,
          "How often a failed download or upload is retried.");

  /**
   * The bound of the wait before the first retry; later waits are longer, and all are random below
   * their bound.
   */
  public static final Setting<Duration> RETRY_WAIT =
      add(
          "retry-wait",
          Kinds.DURATION.from(Duration.ZERO),
          Duration.ofSeconds(3),
          Topic.FETCH,
          "The bound of the wait before the first retry; it grows, and the wait is a random time"
              + " below it.");

  /** What decompresses archives. */
  public static final Setting<String> DECOMPRESSOR =
      add(
          "decompressor",
          Kinds.oneOf(
              List.of("auto", "java", "igzip", "pigz", "unpigz", "gzip", "zstd", "xz", "pixz")),
          "auto",
          Topic.FETCH,
          "What decompresses archives: auto, a faster program on PATH for large ones; java, no"
              + " program; igzip, pigz, unpigz, gzip, zstd, xz, pixz.");

  /**
   * When archives are unpacked. Where manifests must be signed and nobody sets this, only an
   * archive on this host is unpacked {@link Unpack#EARLY}: who does not believe a manifest for the
   * place that it comes from does not believe an archive for that either.
   */
  public static final Setting<Unpack> UNPACK =
      add(
          "unpack",
          Kinds.oneOf(Unpack.values()),
          Unpack.EARLY,
          Topic.FETCH,
          "When an archive is unpacked: early, while it arrives; verified, once its checksum is"
              + " right.");

  /** The syncer for manifests that name none. */
  public static final Setting<String> SYNC_STRATEGY =
      add(
          "sync-strategy",
          Kinds.name("NAME", List.of("tree", "rsync", "mv", "release")),
          "tree",
          Topic.DEST,
          "The sync strategy of manifests that name none: tree, rsync, mv, release.");

  /** How much syncers say of each file, 0 to 3. */
  public static final Setting<Integer> VERBOSITY =
      add(
          "rsync-verbose",
          new VerbosityKind(),
          1,
          Topic.DEST,
          "What a sync says of each file: \"\", a summary only; -v, names; -vv, -vvv.");

  /** How much of a deploy outlasts a failure of the power. */
  public static final Setting<Fsync> FSYNC =
      add(
          "fsync",
          Kinds.oneOf(Fsync.values()),
          Fsync.FILES,
          Topic.DEST,
          "What is on disk when a deploy is over: off, nothing is promised; files, what was"
              + " changed; full, all of dest's file system.");

  /**
   * Whether a deploy may empty a dest that no deploy has made; if not, a sync that would delete
   * {@linkplain dev.stretcher.spi.Deletions#areMost most} of it is refused. The ledger knows the
   * dests that deploys have made; without a ledger, none is known.
   */
  public static final Setting<Boolean> ADOPT =
      add(
          "adopt",
          Kinds.SWITCH,
          false,
          Topic.DEST,
          "Let a deploy delete most of a dest that no deploy has made, which is refused"
              + " otherwise.");

  /** A random time below this one passes before anything else. */
  public static final Setting<Duration> RANDOM_DELAY =
      add(
          "random-delay",
          Kinds.DURATION.from(Duration.ZERO),
          Duration.ZERO,
          Topic.QUEUE,
          "Sleep a random time below this one before anything else.");

  /** What a deploy does when another one to the same dest is running. */
  public static final Setting<OnBusy> ON_BUSY =
      add(
          "on-busy",
          Kinds.oneOf(OnBusy.values()),
          OnBusy.NEWEST,
          Topic.QUEUE,
          "What to do while another deploy to the same dest is running: wait; newest, wait and give"
              + " way to a later event; fail.");

  /** How long to wait for another deploy to the same dest. */
  public static final Setting<Duration> LOCK_TIMEOUT =
      add(
          "lock-timeout",
          Kinds.DURATION.from(Duration.ZERO),
          Duration.ofMinutes(10),
          Topic.QUEUE,
          "How long to wait for another deploy to the same dest; with 0 a deploy fails at once.");

  /** What a run does with an event that was handled before. */
  public static final Setting<Replay> REPLAY =
      add(
          "replay",
          Kinds.oneOf(Replay.values()),
          Replay.SKIP,
          Topic.QUEUE,
          "What to do with an event that the ledger has: skip, deploy.");

  /** The name of the plug-in that runs commands; {@code sh -c}, or an empty name, is none. */
  public static final Setting<String> HOOK_RUNNER =
      add(
          "hook-runner",
          Kinds.NAME,
          "sh -c",
          Topic.AGENT,
          "The plug-in that runs the commands of manifests.");

  /** The bytes of all files of an archive, holes included. */
  public static final Setting<Long> MAX_UNPACKED =
      limit(
          "max-unpacked",
          Kinds.SIZE,
          100L << 30,
          Long.MAX_VALUE,
          "The bytes of all files of an archive, holes included; and, give or take 100 MB, of the"
              + " archive itself.");

  /** The entries of an archive, and the directories that it has no entries for. */
  public static final Setting<Long> MAX_ENTRIES =
      limit(
          "max-entries",
          Kinds.COUNT,
          5_000_000,
          Long.MAX_VALUE,
          "The entries of an archive, and the directories that it has no entries for, but something"
              + " in them.");

  /** How many times as long as the compressed archive its tar stream is, beyond 100 MB of it. */
  public static final Setting<Long> MAX_RATIO =
      limit(
          "max-ratio",
          Kinds.COUNT,
          1000,
          Long.MAX_VALUE,
          "How many times as long as the compressed archive its tar stream is, beyond its first"
              + " 100 MB.");

  /** The memory that decompressing an archive may take. */
  public static final Setting<Long> MAX_DECOMPRESSOR_MEMORY =
      limit(
          "max-decompressor-memory",
          Kinds.SIZE,
          256 << 20,
          Long.MAX_VALUE,
          "The memory that decompressing an archive may take: the window of zstd, the dictionary of"
              + " xz or lzma, and a bit more.");

  /** The bytes of one extended header of an archive. */
  public static final Setting<Long> MAX_EXTENDED_HEADER =
      limit(
          "max-extended-header",
          Kinds.SIZE,
          1 << 20,
          MOST_IN_MEMORY,
          "The bytes of one extended header of an archive: a long name, or the PAX records of an"
              + " entry.");

  /** The bytes of a name in an archive. */
  public static final Setting<Long> MAX_PATH =
      limit("max-path", Kinds.SIZE, 4096, MOST_IN_MEMORY, "The bytes of a name in an archive.");

  /** The directories that a name in an archive may lie in. */
  public static final Setting<Long> MAX_DEPTH =
      limit(
          "max-depth",
          Kinds.COUNT,
          500,
          1000,
          "The directories that a name in an archive may lie in, at most 1000.");

  /** The bytes of a manifest. */
  public static final Setting<Long> MAX_MANIFEST =
      limit(
          "max-manifest",
          Kinds.SIZE,
          1 << 20,
          MOST_IN_MEMORY,
          "The bytes of a manifest, before and after its templates are replaced, and of its"
              + " exclude_from.");

  /** The aliases of a manifest. */
  public static final Setting<Long> MAX_ALIASES =
      limit(
          "max-aliases", Kinds.COUNT, 10_000, MOST_IN_MEMORY, "The aliases of a manifest's YAML.");

  /** The levels of a manifest. */
  public static final Setting<Long> MAX_NESTING =
      limit("max-nesting", Kinds.COUNT, 100, 1000, "The levels of a manifest's YAML.");

  /** The bytes of an event's URL; all that Consul writes may be 64 times as long. */
  public static final Setting<Long> MAX_EVENT =
      limit(
          "max-event",
          Kinds.SIZE,
          64 << 10,
          MOST_IN_MEMORY,
          "The bytes of an event; all of Consul's together may have 64 times as many.");

  /** The characters that are kept of the log for {@code success} and {@code failure} commands. */
  public static final Setting<Long> MAX_LOG =
      limit(
          "max-log",
          Kinds.SIZE,
          8 << 20,
          MOST_IN_MEMORY,
          "The log that success and failure commands get: its beginning and its end are kept, and a"
              + " line says how much is missing.");

  /** All settings above, in the order of a summary. */
  public static final List<Setting<?>> ALL = Collections.unmodifiableList(ADDED);

  /**
   * The user that commands run as; empty is the user of this process. Needs root, and {@code
   * setpriv} of util-linux; a hook runner that does not heed it is refused. It is not in {@link
   * #ALL}, since it is a rule of a host and not a flag.
   */
  public static final Setting<String> RUN_AS =
      Setting.of("run-as", Kinds.NAME, "", Topic.DEST, "The user that commands run as.");

  /**
   * The names of variables whose values are masked in logs, in the ledger and in what commands get
   * of both. It is not in {@link #ALL} either.
   */
  public static final Setting<List<String>> SECRET_ENV =
      Setting.of(
          "secret-env",
          Kinds.listOf(Kinds.NAME),
          List.of(),
          Topic.AGENT,
          "A variable whose value is masked.");

  private Settings() {}

  private static <T> Setting<T> add(
      String name, Kind<T> kind, T standard, Topic topic, String description) {
    Setting<T> setting = Setting.of(name, kind, standard, topic, description);
    ADDED.add(setting);
    return setting;
  }

  private static Setting<Long> limit(
      String name, OrderedKind<Long> kind, long standard, long most, String description) {
    return add(name, kind.between(1L, most), standard, Topic.LIMITS, description);
  }
}
