package dev.stretcher.manifest;

import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be deployed, as a manifest describes it. Immutable.
 *
 * @param payload the archive and where it goes; empty for a manifest that only runs commands
 * @param commands the hooks
 * @param env variables added to the environment of every hook
 * @param description what is deployed, in words for people; nothing depends on it
 */
public record Manifest(
    Optional<Payload> payload,
    Commands commands,
    Map<String, String> env,
    Optional<String> description) {
  /** Copies the map; its order stays. */
  public Manifest {
    env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
  }

  /** Returns the manifest with these values, which have no problems. */
  static Manifest of(ManifestValues values) {
    return new Manifest(
        values.get(ManifestKeys.SRC).map(src -> Payload.of(src, values)),
        values.get(ManifestKeys.COMMANDS).orElse(Commands.NONE),
        values.get(ManifestKeys.ENV).orElse(Map.of()),
        values.get(ManifestKeys.DESCRIPTION));
  }

  /**
   * An archive and its place.
   *
   * @param archive what to fetch
   * @param target where it goes
   */
  public record Payload(Archive archive, Target target) {
    static Payload of(URI src, ManifestValues values) {
      return new Payload(
          new Archive(src, values.get(ManifestKeys.CHECKSUM)), values.target().orElseThrow());
    }
  }

  /**
   * The description of an archive.
   *
   * @param src where it is fetched from
   * @param checksum what its bytes must hash to; empty only for plug-ins that verify otherwise
   */
  public record Archive(URI src, Optional<Digest> checksum) {}

  /**
   * The directory that becomes equal to the archive's content.
   *
   * @param dest an absolute path
   * @param mode the mode that dest gets; empty leaves it to the archive, or else 0755
   * @param syncStrategy the name of the syncer; empty for the default
   * @param links where the archive's symbolic links may lead to
   * @param rules what the syncer has to heed
   */
  public record Target(
      Path dest,
      Optional<FileMode> mode,
      Optional<String> syncStrategy,
      Links links,
      SyncRules rules) {
    static Target of(Path dest, ManifestValues values) {
      return new Target(
          dest,
          values.get(ManifestKeys.DEST_MODE),
          values.get(ManifestKeys.SYNC_STRATEGY),
          values.get(ManifestKeys.LINKS).orElse(Links.ANY),
          SyncRules.of(values));
    }
  }
}
