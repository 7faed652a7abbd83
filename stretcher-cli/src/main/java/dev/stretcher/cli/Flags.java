package dev.stretcher.cli;

import dev.stretcher.limit.Limit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** The flags of the command line. */
final class Flags {
  static final Option BANDWIDTH =
      value(
          "max-band-width",
          "STRING",
          "Limit of the download per second: 10MB, 10MiB, 512k, 1048576; also --max-bandwidth.");
  static final Option CONNECTIONS =
      value(
          "connections",
          "INT",
          "How many connections a large download may use at a time, 1 to 64 (default: 4).");
  static final Option STALL_TIMEOUT =
      value(
          "stall-timeout",
          "DURATION",
          "Break a download off, and retry, when no byte came for so long (default: 30s); 0 is"
              + " never.");
  static final Option TIMEOUT =
      value(
          "timeout",
          "DURATION",
          "Limit for downloading src, body included: 90s, 1m30s, 500ms, 90. 0 is none.");
  static final Option RANDOM_DELAY =
      value("random-delay", "DURATION", "Sleep a random time below this one before anything else.");
  static final Option RETRY = value("retry", "INT", "Retries of a download (default: 3).");
  static final Option RETRY_WAIT =
      value("retry-wait", "DURATION", "Wait before a retry, growing and jittered (default: 3s).");
  static final Option HTTP_HEADER =
      value(
          "http-header",
          "[HOST[:PORT]/]NAME=VARIABLE",
          "Send header NAME with the value of environment variable VARIABLE, to HOST or to each"
              + " host that a URL names. May be given several times.");
  static final Option CA_FILE =
      value("ca-file", "FILE", "Trust the certificates in this PEM file too.");
  static final Option CLIENT_CERT =
      value(
          "client-cert",
          "FILE",
          "Show servers the certificate in this PEM file, which also has its private key"
              + " (PKCS#8).");
  static final Option S3_REQUESTER_PAYS =
      Option.builder()
          .longOpt("s3-requester-pays")
          .desc("Pay for downloads from buckets whose owner does not.")
          .get();
  static final Option VERBOSITY =
      value(
          "rsync-verbose",
          "STRING",
          "What a sync says of each file: \"\", -v, -vv or -vvv (default: -v).");
  static final Option LOCK_TIMEOUT =
      value(
          "lock-timeout",
          "DURATION",
          "How long to wait for another deploy to the same dest (default: 10m).");
  static final Option ON_BUSY =
      value(
          "on-busy",
          "WHAT",
          "What to do while another deploy to the same dest is running: wait; newest is wait, but"
              + " give way to a later event; or fail (default: newest).");
  static final Option STATE_DIR =
      value(
          "state-dir",
          "DIR",
          "Where the ledger of deploys is; empty is nowhere (default: $XDG_STATE_HOME/stretcher,"
              + " else for root /var/lib/stretcher, else ~/.local/state/stretcher).");
  static final Option REPLAY =
      value(
          "replay",
          "WHAT",
          "What to do with a Consul event that the ledger has: skip or deploy (default: skip).");
  static final Option FSYNC =
      value(
          "fsync",
          "WHAT",
          "What is on disk when a deploy is over: off is no promise, files is what was changed,"
              + " full is all of dest's file system (default: files).");
  static final Option ADOPT =
      Option.builder()
          .longOpt("adopt")
          .desc(
              "Let a deploy delete most of a dest that no deploy has made, which is refused"
                  + " otherwise.")
          .get();
  static final Option SYNC_STRATEGY =
      value(
          "sync-strategy",
          "NAME",
          "The strategy of manifests that name none: tree, rsync or mv"
              + " (default: STRETCHER_SYNC_STRATEGY, else tree).");
  static final Option DECOMPRESSOR =
      value(
          "decompressor",
          "NAME",
          "What decompresses archives: auto is a faster program on PATH for large ones; one of "
              + String.join(", ", dev.stretcher.option.Options.DECOMPRESSORS)
              + " (default: auto).");
  static final Map<Limit, Option> LIMITS = limits();
  static final Option LOG_FORMAT =
      value("log-format", "FORMAT", "How the log is written: text, or json (default: text).");
  static final Option CONFIG =
      value(
          "config",
          "FILE",
          "What this host allows, and flags (default: STRETCHER_CONFIG, else "
              + ConfigFile.OF_THIS_HOST.standard()
              + ").");
  static final Option DRY_RUN =
      Option.builder()
          .longOpt("dry-run")
          .desc("Say in the log what would be done; run no command, change nothing.")
          .get();
  static final Option AGAINST_DEST =
      Option.builder()
          .longOpt("against-dest")
          .desc("Also fetch the archive and print what would change under dest.")
          .get();
  static final Option VERSION =
      Option.builder("v").longOpt("version").desc("Print the version.").get();
  static final Option HELP = Option.builder("h").longOpt("help").desc("Print this help.").get();

  /** What the configuration cannot say. */
  static final List<Option> NOT_IN_CONFIG = List.of(CONFIG, VERSION, HELP);

  private Flags() {}

  private static Option value(String name, String kind, String description) {
    return Option.builder().longOpt(name).hasArg().argName(kind).desc(description).get();
  }

  private static Map<Limit, Option> limits() {
    Map<Limit, Option> flags = new EnumMap<>(Limit.class);
    for (Limit limit : Limit.values()) {
      flags.put(
          limit,
          value(
              limit.flag(),
              limit.isSize() ? "SIZE" : "COUNT",
              "%s (default: %s).".formatted(limit.description(), limit.text(limit.standard()))));
    }
    return flags;
  }

  /** Returns the flags of all commands. */
  static Options all() {
    Options all = common();
    Subcommand.NAMED.forEach(each -> each.flag().ifPresent(all::addOption));
    return all;
  }

  /** Returns the flags that each command has. */
  static Options common() {
    Options options = new Options();
    options.addOption(BANDWIDTH);
    options.addOption(CONNECTIONS);
    options.addOption(TIMEOUT);
    options.addOption(STALL_TIMEOUT);
    options.addOption(RANDOM_DELAY);
    options.addOption(RETRY);
    options.addOption(RETRY_WAIT);
    options.addOption(HTTP_HEADER);
    options.addOption(CA_FILE);
    options.addOption(CLIENT_CERT);
    options.addOption(S3_REQUESTER_PAYS);
    options.addOption(VERBOSITY);
    options.addOption(LOCK_TIMEOUT);
    options.addOption(ON_BUSY);
    options.addOption(STATE_DIR);
    options.addOption(REPLAY);
    options.addOption(FSYNC);
    options.addOption(SYNC_STRATEGY);
    options.addOption(ADOPT);
    options.addOption(DECOMPRESSOR);
    LIMITS.values().forEach(options::addOption);
    options.addOption(LOG_FORMAT);
    options.addOption(CONFIG);
    options.addOption(VERSION);
    options.addOption(HELP);
    return options;
  }
}
