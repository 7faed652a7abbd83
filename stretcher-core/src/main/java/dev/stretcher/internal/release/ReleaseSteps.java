package dev.stretcher.internal.release;

import dev.stretcher.file.RealPath;
import dev.stretcher.internal.archive.PlaceStep;
import dev.stretcher.internal.sync.SyncStep;
import dev.stretcher.process.Interrupts;
import dev.stretcher.release.NewRelease;
import dev.stretcher.release.Release;
import dev.stretcher.release.ReleaseSyncer;
import dev.stretcher.report.StretcherException.Failure;
import dev.stretcher.report.StretcherException.SyncFailed;
import dev.stretcher.spi.DeletionGuard;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncReport;
import dev.stretcher.text.NativeText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The steps of a syncer that keeps releases, for the directory that dest was when it was held. */
final class ReleaseSteps {
  /** No release deletes anything that another deploy has made. Its last moment to be cancelled. */
  private static final DeletionGuard NOTHING_DELETED = count -> Interrupts.requireNone();

  private final SyncStep sync;
  private final ReleaseSyncer syncer;

  ReleaseSteps(SyncStep sync) {
    this.sync = sync;
    this.syncer = (ReleaseSyncer) sync.syncer();
  }

  static ReleaseSteps of(PlaceStep.Held place) {
    return new ReleaseSteps(place.sync());
  }

  /**
   * Returns the releases in the order in which deploys made them live; none if dest has never had
   * one.
   */
  List<Release> list() throws SyncFailed, InterruptedException {
    return sync.with(target -> syncer.isAt(target.dest()) ? syncer.list(target.dest()) : List.of());
  }

  /** Returns where the application finds the live release. */
  Path link() throws SyncFailed, InterruptedException {
    return sync.with(target -> syncer.link(target.dest()));
  }

  Optional<Release> find(NewRelease origin) throws SyncFailed, InterruptedException {
    return sync.with(target -> syncer.find(target, origin));
  }

  /** Makes a release, and keeps what it is known to contain. */
  Release prepare(StagedTree tree, NewRelease origin) throws SyncFailed, InterruptedException {
    Release made = sync.with(tree, (staged, target) -> syncer.prepare(staged, target, origin));
    sync.keepRelease(made.directory());
    return made;
  }

  void verify(Release release) throws SyncFailed, InterruptedException {
    sync.with(
        target -> {
          syncer.verify(target, release);
          return release;
        });
  }

  SyncReport activate(Release release) throws SyncFailed, InterruptedException {
    requireInside(release);
    return sync.with(target -> syncer.activate(target.withGuard(NOTHING_DELETED), release));
  }

  void rollBackTo(Release release) throws SyncFailed, InterruptedException {
    requireInside(release);
    sync.with(target -> syncer.rollBackTo(target.withGuard(NOTHING_DELETED), release));
  }

  /** What is allowed is dest, and nothing elsewhere. */
  private void requireInside(Release release) throws SyncFailed {
    Path dest = RealPath.of(sync.dest().path());
    if (!RealPath.of(release.directory()).startsWith(dest)) {
      throw new SyncFailed(
          dest,
          Failure.of(
                  "release %s is in %s, which is not inside of dest %s"
                      .formatted(
                          release.id(),
                          NativeText.text(release.directory()),
                          NativeText.text(dest)))
              .withRemedy("move it there, or deploy another one"));
    }
  }

  void mark(Release release, Release.State state) throws SyncFailed, InterruptedException {
    sync.with(
        target -> {
          syncer.mark(target, release, state);
          return release;
        });
  }

  /** Removes releases that are too many, and forgets what they are known to contain. */
  List<Release> prune() throws SyncFailed, InterruptedException {
    List<Release> gone = sync.with(syncer::prune);
    gone.forEach(release -> sync.forget(release.directory()));
    return gone;
  }
}
