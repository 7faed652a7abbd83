package dev.stretcher.manifest;

import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is to be deployed, as a manifest describes it. Immutable.
 *
 * @param payload the archive and where it goes; empty for a manifest that only runs commands
 * @param commands the hooks
 * @param env variables added to the environment of every hook
 */
public record Manifest(Optional<Payload> payload, Commands commands, Map<String, String> env) {
  /** Copies the map; its order stays. */
  public Manifest {
    env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
  }

  /**
   * An archive and its place.
   *
   * @param archive what to fetch
   * @param target where it goes
   */
  public record Payload(Archive archive, Target target) {}

  /**
   * An archive, described.
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
   * @param excludes rsync patterns of names that the sync does not touch
   * @param excludeFrom a file with such patterns, relative to the archive's root
   * @param syncStrategy the name of the syncer; empty for the default
   * @param comparison when a file in dest counts as unchanged
   * @param maxDelete a sync that would delete more than this is refused; empty is no limit
   * @param links where the archive's symbolic links may lead to
   */
  public record Target(
      Path dest,
      Optional<FileMode> mode,
      List<String> excludes,
      Optional<String> excludeFrom,
      Optional<String> syncStrategy,
      Comparison comparison,
      OptionalLong maxDelete,
      Links links) {
    /** Copies the list. */
    public Target {
      excludes = List.copyOf(excludes);
    }
  }
}
