package dev.stretcher;

import dev.stretcher.internal.lock.DestLock;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.spi.SyncReport;

/** The deploy of an archive, from its fetch to the {@code post} commands. */
final class ArchiveDeploy {
  private final Engine engine;
  private final Reporter reporter;
  private final Manifest.Payload payload;
  private final Hooks hooks;

  ArchiveDeploy(Engine engine, Reporter reporter, Manifest.Payload payload, Hooks hooks) {
    this.engine = engine;
    this.reporter = reporter;
    this.payload = payload;
    this.hooks = hooks;
  }

  /**
   * What was deployed.
   *
   * @param fetched the archive
   * @param synced what the syncer did
   */
  record Result(ArchiveFetch.Result fetched, SyncReport synced) {}

  /** Deploys. The lock in {@code cleanup} is kept until the result has been told. */
  Result run(Cleanup cleanup) throws StretcherException, InterruptedException {
    SyncStep sync = SyncStep.prepare(engine, reporter, payload.target());
    LockStep lock = new LockStep(engine, reporter, payload.target().dest());
    if (!hooks.hasPre()) {
      requirePlace();
    }
    DestLock held = cleanup.own(lock.acquire());
    try (Cleanup temporary = new Cleanup(reporter)) {
      FetchedArchive archive = temporary.own(new FetchedArchive(engine, payload.archive()));
      ArchiveFetch.Result fetched =
          new ArchiveFetch(engine, reporter).fetch(payload.archive(), archive);
      hooks.pre();
      lock.acquireAgain(held).ifPresent(cleanup::own);
      SyncReport synced = apply(sync, archive);
      hooks.post();
      return new Result(fetched, synced);
    }
  }

  private void requirePlace() throws StretcherException.SyncFailed {
    Dest dest = Dest.of(payload.target().dest());
    dest.requireParent();
    dest.requireDirectory();
  }

  private SyncReport apply(SyncStep sync, FetchedArchive archive)
      throws StretcherException, InterruptedException {
    requirePlace();
    try (Cleanup temporary = new Cleanup(reporter)) {
      StagedArchive staged =
          temporary.own(StagedArchive.create(engine, sync.syncer(), payload.target().dest()));
      staged.extract(payload, archive, reporter);
      return sync.sync(staged.root());
    }
  }
}
