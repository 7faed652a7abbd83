package dev.stretcher.cli.flag;

import dev.stretcher.cli.log.LogFormat;
import dev.stretcher.option.Kinds;
import dev.stretcher.option.Setting;
import dev.stretcher.option.Settings;
import dev.stretcher.sources.setting.SourceSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The settings of the command line itself, and the list of the settings that each command has. */
public final class AgentSettings {
  /** The directory of the configuration that is read if nobody names another one. */
  public static final String CONFIG_DIRECTORY = "/etc/stretcher";

  /** The name of that configuration. */
  public static final String CONFIG_NAME = "config.yml";

  /** The directory of the ledger; an empty name means that no ledger is kept. */
  public static final Setting<String> STATE_DIR =
      CommandFlag.of(
          "state-dir",
          Kinds.name(
              "DIR",
              "$XDG_STATE_HOME/stretcher, else for root /var/lib/stretcher, else"
                  + " ~/.local/state/stretcher"),
          "",
          "Where the ledger of deploys is; empty is nowhere.");

  /** How the log is written. */
  public static final Setting<LogFormat> LOG_FORMAT =
      CommandFlag.of(
          "log-format",
          Kinds.oneOf(LogFormat.values()),
          LogFormat.TEXT,
          "How the log is written: text; json, one object for each event.");

  /** The configuration of this host; empty if none is named. */
  public static final Setting<String> CONFIG =
      CommandFlag.of(
          "config",
          Kinds.name(
              "FILE",
              "STRETCHER_CONFIG, else "
                  + CONFIG_DIRECTORY
                  + "/"
                  + CONFIG_NAME
                  + " if there is one"),
          "",
          "The configuration of this host: what may be deployed, and flags.");

  /** Where the agent's event comes from; empty is STDIN. */
  public static final Setting<String> EVENTS =
      CommandFlag.text(
          "events",
          "URL",
          "STDIN",
          "Where the agent takes its event from: an address that a plug-in knows.");

  /** Print the version. */
  public static final Setting<Boolean> VERSION = CommandFlag.onOff("version", "Print the version.");

  /** Print a summary of the command line. */
  public static final Setting<Boolean> HELP =
      CommandFlag.onOff("help", "Print a summary of the command line.");

  /** The settings that a configuration can have. */
  public static final List<Setting<?>> CONFIGURABLE =
      join(Settings.ALL, SourceSettings.ALL, List.of(STATE_DIR, LOG_FORMAT, EVENTS));

  /** The settings that each command has, in the order of a summary. */
  public static final List<Setting<?>> COMMON =
      join(CONFIGURABLE, List.of(CONFIG, VERSION, HELP), List.of());

  private AgentSettings() {}

  private static List<Setting<?>> join(
      List<Setting<?>> first, List<Setting<?>> second, List<Setting<?>> third) {
    List<Setting<?>> all = new ArrayList<>(first);
    all.addAll(second);
    all.addAll(third);
    return Collections.unmodifiableList(all);
  }
}
