package dev.stretcher;

import dev.stretcher.internal.lock.DestLock;
import dev.stretcher.manifest.Manifest;
import java.util.Optional;

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
    DestLock first = take(lock.acquire(), cleanup);
    try (Cleanup temporary = new Cleanup(reporter)) {
      FetchedArchive archive =
          temporary.own(new FetchedArchive(engine, reporter, payload.archive(), first));
      StagingStep staging =
          temporary.own(new StagingStep(engine, reporter, sync, payload, archive, hooks.hasPre()));
      staging.begin(first);
      ArchiveFetch.Result fetched =
          new ArchiveFetch(engine, reporter).fetch(payload.archive(), archive);
      staging.settle();
      hooks.pre();
      Optional<DestLock> moved = lock.acquireAgain(first);
      DestLock held = moved.isPresent() ? take(moved.get(), cleanup) : first;
      new ManifestPolicy(engine.options().policy(), reporter).requireDest(payload.target().dest());
      task.requirePlace(dest());
      T done = task.run(sync, staging.finish(held).tree());
      hooks.post();
      return new Result<>(fetched, done);
    }
  }

  /** Takes over a lock, and removes what dead deploys left behind that had it. */
  private DestLock take(DestLock lock, Cleanup cleanup) {
    cleanup.own(lock);
    new LeftoverStep(engine, reporter).remove(dest(), lock);
    return lock;
  }

  /** Returns the place as it is now; {@code pre} commands may change it. */
  private Dest dest() {
    return Dest.of(payload.target().dest());
  }
}
