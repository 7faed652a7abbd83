package dev.stretcher.cli.flag;

import dev.stretcher.option.Kinds;
import dev.stretcher.option.Setting;
import java.util.List;

/** The settings of the commands that know a fleet, which other commands do not have. */
public final class FleetSettings {
  /** The variable that names the store where nothing else does. */
  public static final String STORE_VARIABLE = "STRETCHER_STORE";

  /** The address of the store. */
  public static final Setting<String> STORE =
      CommandFlag.text(
          "store",
          "URL",
          STORE_VARIABLE,
          "The store that the fleet shares: consul://HOST:PORT or file:DIR.");

  /** The name of this host. */
  public static final Setting<String> NODE =
      CommandFlag.text(
          "node",
          "NAME",
          "that of Consul's agent, else the host name",
          "The name of this host in the store.");

  /** The apps of this host, in a configuration. */
  public static final Setting<List<String>> APPS =
      CommandFlag.of("apps", Kinds.listOf(Kinds.NAME), List.of(), "An app of this host.");

  /** The apps of an agent, on the command line: they stand for those of the configuration. */
  public static final Setting<List<String>> APP =
      CommandFlag.of(
          "app",
          Kinds.listOf(Kinds.NAME),
          List.of(),
          "An app to keep at its desired state, instead of the apps of the configuration. May be"
              + " repeated.");

  /** Print lines of JSON. */
  public static final Setting<Boolean> JSON =
      CommandFlag.onOff("json", "Print all that is known, as lines of JSON.");

  /** The hosts that count. */
  public static final Setting<List<String>> NODES =
      CommandFlag.texts(
          "nodes",
          "NAME[,NAME...]",
          "The hosts that count, whether they have reported or not. May be repeated.");

  /** The service whose hosts count. */
  public static final Setting<String> SERVICE =
      CommandFlag.text("service", "NAME", "The service of Consul's catalog whose hosts count.");

  /** The settings that a configuration can have. */
  public static final List<Setting<?>> CONFIGURABLE = List.of(STORE, NODE, APPS);

  private FleetSettings() {}
}
