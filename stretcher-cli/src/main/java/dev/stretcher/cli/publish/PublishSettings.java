package dev.stretcher.cli.publish;

import dev.stretcher.cli.flag.FleetSettings;
import dev.stretcher.cli.flag.SignSettings;
import dev.stretcher.option.Kinds;
import dev.stretcher.option.Setting;
import dev.stretcher.option.Topic;
import java.util.List;

/** The settings of {@link PublishCommand}. */
public final class PublishSettings {
  /** The value of {@link #FOR} for hosts with the Go original. */
  static final String GO = "go";

  static final Setting<String> APP =
      Setting.of(
          "app", Kinds.name("NAME", ""), "", Topic.AGENT, "The app that this is a version of.");

  static final Setting<String> TO =
      Setting.of(
          "to",
          Kinds.name("URL", ""),
          "",
          Topic.AGENT,
          "Where to upload, such as s3://deploys or file:/srv/deploys; below it, in NAME/.");

  static final Setting<String> MANIFEST =
      Setting.of(
          "manifest",
          Kinds.name("FILE", ""),
          "",
          Topic.AGENT,
          "The manifest without the archive: src, checksum, toc and release.id are filled in.");

  static final Setting<String> ID =
      Setting.of(
          "id",
          Kinds.name("ID", "the time and the beginning of the archive's digest"),
          "",
          Topic.AGENT,
          "What this version is called.");

  static final Setting<List<String>> ENV =
      Setting.of(
          "env",
          Kinds.listOf(Kinds.name("NAME=VALUE", "")),
          List.of(),
          Topic.AGENT,
          "A variable that the manifest gets for its commands. May be repeated.");

  static final Setting<List<String>> EXCLUDE =
      Setting.of(
          "exclude",
          Kinds.listOf(Kinds.name("PATTERN", "")),
          List.of(),
          Topic.AGENT,
          "Leave out the names that match, as a manifest's excludes do. May be repeated.");

  static final Setting<String> EVENT =
      Setting.of(
          "event",
          Kinds.name("NAME", ""),
          "",
          Topic.AGENT,
          "Fire this event of Consul, too, with the manifest's URL.");

  static final Setting<String> FOR =
      Setting.of(
          "for",
          Kinds.oneOf(List.of("stretcher", GO)),
          "stretcher",
          Topic.AGENT,
          "Who has to read the manifest: go is the original, what it does not know is refused.");

  static final Setting<Boolean> DRY_RUN =
      Setting.of(
          "dry-run",
          Kinds.SWITCH,
          false,
          Topic.AGENT,
          "Pack, and print the manifest and what would change; upload nothing.");

  static final Setting<Integer> KEEP =
      Setting.of(
          "keep",
          Kinds.INT,
          0,
          Topic.AGENT,
          "Name the versions that are older than the newest so many; 0 names none.");

  static final Setting<Boolean> PRUNE =
      Setting.of(
          "prune", Kinds.SWITCH, false, Topic.AGENT, "Remove the versions that --keep names.");

  static final List<Setting<?>> ALL =
      List.of(
          APP,
          TO,
          MANIFEST,
          ID,
          FleetSettings.STORE,
          SignSettings.SIGN,
          SignSettings.PASSWORD_FILE,
          EVENT,
          ENV,
          EXCLUDE,
          FOR,
          DRY_RUN,
          KEEP,
          PRUNE);

  private PublishSettings() {}
}
