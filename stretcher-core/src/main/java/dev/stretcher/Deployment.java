package dev.stretcher;

import dev.stretcher.manifest.Manifest;
import dev.stretcher.spi.SyncReport;
import java.time.Duration;

/** A deploy that worked. */
public sealed interface Deployment {
  /** Returns the manifest that was deployed. */
  Manifest manifest();

  /** Returns how long it took, from the manifest's fetch to the last {@code success} command. */
  Duration elapsed();

  /**
   * Dest was brought to an archive's content.
   *
   * @param manifest the manifest
   * @param elapsed how long it took
   * @param archiveBytes the length of the archive
   * @param verified what identifies the archive, such as {@code sha256:…}
   * @param sync what the syncer did
   */
  record OfArchive(
      Manifest manifest, Duration elapsed, long archiveBytes, String verified, SyncReport sync)
      implements Deployment {}

  /**
   * Only commands were run, since the manifest has no {@code src}.
   *
   * @param manifest the manifest
   * @param elapsed how long it took
   */
  record OfCommands(Manifest manifest, Duration elapsed) implements Deployment {}
}
