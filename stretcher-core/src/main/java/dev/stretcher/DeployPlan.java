package dev.stretcher;

import dev.stretcher.manifest.Manifest;
import dev.stretcher.spi.SyncPlan;
import java.util.Optional;

/** What a deploy would do, if dest stays as it is; see {@link Stretcher#plan}. */
public sealed interface DeployPlan {
  /** Returns the manifest; its commands would run. */
  Manifest manifest();

  /**
   * Returns what would change under dest; empty if that is not known, or if the manifest has no
   * {@code src}.
   */
  Optional<SyncPlan> sync();

  /**
   * Dest would be brought to an archive's content.
   *
   * @param manifest the manifest
   * @param archiveBytes the length of the archive; 0 if a release of it is there
   * @param verified what identifies the archive, such as {@code sha256:…}
   * @param sync what the syncer would do; empty if it cannot tell, or if dest has no place yet and
   *     {@code pre} commands may make one
   */
  record OfArchive(Manifest manifest, long archiveBytes, String verified, Optional<SyncPlan> sync)
      implements DeployPlan {}

  /**
   * Only commands would run, since the manifest has no {@code src}.
   *
   * @param manifest the manifest
   */
  record OfCommands(Manifest manifest) implements DeployPlan {
    @Override
    public Optional<SyncPlan> sync() {
      return Optional.empty();
    }
  }
}
