package dev.stretcher;

import dev.stretcher.internal.lock.DestLock;
import dev.stretcher.manifest.Manifest;

/**
 * The deploy of an archive, from its fetch to the {@code post} commands.
 *
 * @param <T> what comes of the unpacked archive
 */
final class ArchiveDeploy<T> {
  private final Engine engine;
  private final Reporter reporter;
  private final Manifest.Payload payload;
  private final Hooks hooks;
  private final TreeTask<T> task;

  ArchiveDeploy(
      Engine engine, Reporter reporter, Manifest.Payload payload, Hooks hooks, TreeTask<T> task) {
    this.engine = engine;
    this.reporter = reporter;
    this.payload = payload;
    this.hooks = hooks;
    this.task = task;
  }

  /**
   * What was deployed.
   *
   * @param fetched the archive
   * @param done what came of it
   */
  record Result<T>(ArchiveFetch.Result fetched, T done) {}

  /** Deploys. The lock in {@code cleanup} is kept until the result has been told. */
  Result<T> run(Cleanup cleanup) throws StretcherException, InterruptedException {
    SyncStep sync = SyncStep.prepare(engine, reporter, payload.target());
    LockStep lock = new LockStep(engine, reporter, payload.target().dest());
    if (!hooks.hasPre()) {
      dest().require();
    }
    DestLock held = cleanup.own(lock.acquire());
    try (Cleanup temporary = new Cleanup(reporter)) {
      FetchedArchive archive = temporary.own(new FetchedArchive(engine, payload.archive()));
      ArchiveFetch.Result fetched =
          new ArchiveFetch(engine, reporter).fetch(payload.archive(), archive);
      hooks.pre();
      lock.acquireAgain(held).ifPresent(cleanup::own);
      T done = apply(sync, archive);
      hooks.post();
      return new Result<>(fetched, done);
    }
  }

  /** Returns the place as it is now; {@code pre} commands may change it. */
  private Dest dest() {
    return Dest.of(payload.target().dest());
  }

  private T apply(SyncStep sync, FetchedArchive archive)
      throws StretcherException, InterruptedException {
    task.requirePlace(dest());
    try (Cleanup temporary = new Cleanup(reporter)) {
      StagedArchive staged =
          temporary.own(StagedArchive.create(engine, sync.syncer(), payload.target().dest()));
      staged.extract(payload, archive, reporter);
      return task.run(sync, staged.root());
    }
  }
}
