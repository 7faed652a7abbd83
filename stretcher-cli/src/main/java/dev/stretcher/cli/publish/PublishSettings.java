package dev.stretcher.cli.publish;

import dev.stretcher.cli.flag.CommandFlag;
import dev.stretcher.cli.flag.FleetSettings;
import dev.stretcher.cli.flag.SignSettings;
import dev.stretcher.option.Kinds;
import dev.stretcher.option.Setting;
import java.util.List;

/** The settings of {@link PublishCommand}. */
public final class PublishSettings {
  /** The value of {@link #FOR} for hosts with the Go original. */
  static final String GO = "go";

  static final Setting<String> APP =
      CommandFlag.text("app", "NAME", "The app that this is a version of.");

  static final Setting<String> TO =
      CommandFlag.text(
          "to",
          "URL",
          "Where to upload, such as s3://deploys or file:/srv/deploys; below it, in NAME/.");

  static final Setting<String> MANIFEST =
      CommandFlag.text(
          "manifest",
          "FILE",
          "The manifest without the archive: src, checksum, toc and release.id are filled in.");

  static final Setting<String> ID =
      CommandFlag.text(
          "id",
          "ID",
          "the time and the beginning of the archive's digest",
          "What this version is called.");

  static final Setting<List<String>> ENV =
      CommandFlag.texts(
          "env",
          "NAME=VALUE",
          "A variable that the manifest gets for its commands. May be repeated.");

  static final Setting<List<String>> EXCLUDE =
      CommandFlag.texts(
          "exclude",
          "PATTERN",
          "Leave out the names that match, as a manifest's excludes do. May be repeated.");

  static final Setting<String> EVENT =
      CommandFlag.text("event", "NAME", "Fire this event of Consul, too, with the manifest's URL.");

  static final Setting<String> FOR =
      CommandFlag.of(
          "for",
          Kinds.oneOf(List.of("stretcher", GO)),
          "stretcher",
          "Who has to read the manifest: go is the original, what it does not know is refused.");

  static final Setting<Boolean> DRY_RUN =
      CommandFlag.onOff(
          "dry-run", "Pack, and print the manifest and what would change; upload nothing.");

  static final Setting<Integer> KEEP =
      CommandFlag.of(
          "keep",
          Kinds.INT,
          0,
          "Name the versions that are older than the newest so many; 0 names none.");

  static final Setting<Boolean> PRUNE =
      CommandFlag.onOff("prune", "Remove the versions that --keep names.");

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
