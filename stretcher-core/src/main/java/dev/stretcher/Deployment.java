package dev.stretcher;

import dev.stretcher.manifest.Manifest;
import dev.stretcher.option.OnBusy;
import dev.stretcher.release.Release;
import dev.stretcher.spi.SyncReport;
import java.time.Duration;
import java.util.Optional;

/** The result of a deploy that did not fail. */
public sealed interface Deployment {
  /** Returns the manifest. */
  Manifest manifest();

  /**
   * Returns how long the deploy took, from the manifest's fetch to the last {@code success}
   * command.
   */
  Duration elapsed();

  /**
   * Dest was brought to an archive's content.
   *
   * @param manifest the manifest
   * @param elapsed how long it took
   * @param archiveBytes the length of the archive; 0 if a release of it was there, and it was not
   *     fetched
   * @param verified what identifies the archive, such as {@code sha256:…}: the findings of the
   *     verifiers that stand for its content
   * @param sync what the syncer did
   * @param release which release is live, if the syncer keeps releases
   */
  record OfArchive(
      Manifest manifest,
      Duration elapsed,
      long archiveBytes,
      String verified,
      SyncReport sync,
      Optional<Release> release)
      implements Deployment {
    /** Creates the result of a syncer that keeps no releases. */
    public OfArchive(
        Manifest manifest, Duration elapsed, long archiveBytes, String verified, SyncReport sync) {
      this(manifest, elapsed, archiveBytes, verified, sync, Optional.empty());
    }
  }

  /**
   * Only commands were run, since the manifest has no {@code src}.
   *
   * @param manifest the manifest
   * @param elapsed how long it took
   */
  record OfCommands(Manifest manifest, Duration elapsed) implements Deployment {}

  /**
   * Nothing was deployed, since a newer event for the same dest came while this event waited; see
   * {@link OnBusy#NEWEST}.
   *
   * @param manifest the manifest that was not deployed
   * @param elapsed how long it waited
   */
  record Superseded(Manifest manifest, Duration elapsed) implements Deployment {}
}
