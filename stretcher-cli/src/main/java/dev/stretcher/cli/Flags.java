package dev.stretcher.cli;

import dev.stretcher.option.Setting;
import dev.stretcher.option.Settings;
import java.util.List;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** The flags of the command line. */
final class Flags {
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
  static final Option STATE_DIR =
      value(
          "state-dir",
          "DIR",
          "Where the ledger of deploys is; empty is nowhere (default: $XDG_STATE_HOME/stretcher,"
              + " else for root /var/lib/stretcher, else ~/.local/state/stretcher).");
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

  /** Returns the flag of a setting. */
  static Option of(Setting<?> setting) {
    return Option.builder()
        .longOpt(setting.name())
        .hasArg(!setting.isSwitch())
        .argName(setting.kind().placeholder())
        .desc(setting.description() + standard(setting))
        .get();
  }

  private static <T> String standard(Setting<T> setting) {
    return setting.isSwitch()
        ? ""
        : " (default: %s)".formatted(setting.kind().text(setting.standard()));
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
    for (Setting<?> setting : Settings.ALL) {
      options.addOption(of(setting));
    }
    options.addOption(HTTP_HEADER);
    options.addOption(CA_FILE);
    options.addOption(CLIENT_CERT);
    options.addOption(S3_REQUESTER_PAYS);
    options.addOption(STATE_DIR);
    options.addOption(LOG_FORMAT);
    options.addOption(CONFIG);
    options.addOption(VERSION);
    options.addOption(HELP);
    return options;
  }
}
