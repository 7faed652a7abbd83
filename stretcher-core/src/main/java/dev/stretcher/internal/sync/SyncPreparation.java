package dev.stretcher.internal.sync;

import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.manifest.ManifestKeys;
import dev.stretcher.manifest.ManifestValues;
import dev.stretcher.manifest.OnFailure;
import dev.stretcher.release.ReleaseSyncer;
import dev.stretcher.report.Stage;
import dev.stretcher.report.StretcherException.Failure;
import dev.stretcher.report.StretcherException.StorageFailed;
import dev.stretcher.report.StretcherException.SyncFailed;
import dev.stretcher.spi.Syncer;
import dev.stretcher.text.NativeText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the obstacles to a sync before anything is fetched. */
public final class SyncPreparation {
  private final Engine engine;
  private final Reporter reporter;

  public SyncPreparation(Engine engine, Reporter reporter) {
    this.engine = engine;
    this.reporter = reporter;
  }

  /** Chooses the syncer, and lets it check that it can work. */
  public SyncStep prepare(Manifest.Payload payload) throws SyncFailed, StorageFailed {
    Manifest.Target target = payload.target();
    SyncerChoice choice = SyncerChoice.of(engine, target.syncStrategy(), target.rules());
    if (choice.obstacle().isPresent()) {
      throw new SyncFailed(target.dest(), choice.obstacle().get());
    }
    Optional<StorageFailed> noRoom = noTemporaryDirectory();
    if (noRoom.isPresent()) {
      throw noRoom.get();
    }
    return SyncStep.checked(
        engine, reporter, choice.syncer().orElseThrow(), target, Optional.of(payload.archive()));
  }

  /** Lets a syncer check that it can work at a dest with what is there already. */
  public SyncStep prepare(ReleaseSyncer syncer, Path dest) throws SyncFailed {
    return SyncStep.checked(engine, reporter, syncer, Manifest.Target.of(dest), Optional.empty());
  }

  /**
   * Returns all failures that {@link #prepare} and {@link #requireWayBack} could have.
   *
   * @param values of a manifest, which may be wrong in parts
   */
  public List<String> problems(ManifestValues values) {
    List<String> problems = new ArrayList<>();
    noTemporaryDirectory().ifPresent(failure -> problems.add(failure.getMessage()));
    if (values.isWrong(ManifestKeys.SYNC_STRATEGY)) {
      return problems;
    }
    SyncerChoice choice =
        SyncerChoice.of(engine, values.get(ManifestKeys.SYNC_STRATEGY), values.rules());
    choice.obstacle().ifPresent(obstacle -> problems.add(obstacle.message()));
    if (wantsWayBack(values.get(ManifestKeys.ON_FAILURE))) {
      choice.noWayBack().ifPresent(refusal -> problems.add(refusal.message()));
    }
    if (choice.obstacle().isEmpty() && values.target().isPresent()) {
      check(choice.syncer().orElseThrow(), values).ifPresent(problems::add);
    }
    return problems;
  }

  /** Refuses a manifest that wants a rollback, if its syncer keeps no releases. */
  public void requireWayBack(Manifest manifest) throws SyncFailed {
    if (!wantsWayBack(manifest.onFailure())) {
      return;
    }
    Manifest.Target target = manifest.payload().orElseThrow().target();
    Optional<Failure> refusal =
        SyncerChoice.of(engine, target.syncStrategy(), target.rules()).noWayBack();
    if (refusal.isPresent()) {
      throw new SyncFailed(target.dest(), refusal.get());
    }
  }

  private static boolean wantsWayBack(Optional<OnFailure> consequence) {
    return consequence.isPresent() && consequence.get() == OnFailure.ROLLBACK;
  }

  private Optional<String> check(Syncer syncer, ManifestValues values) {
    Optional<Manifest.Archive> archive =
        values
            .get(ManifestKeys.SRC)
            .map(src -> new Manifest.Archive(src, values.get(ManifestKeys.CHECKSUM)));
    try {
      SyncStep.checked(engine, reporter, syncer, values.target().orElseThrow(), archive);
      return Optional.empty();
    } catch (SyncFailed e) {
      return Optional.of(e.getMessage());
    }
  }

  /** Found here, since otherwise the deploy would fail late, after the {@code pre} commands. */
  private Optional<StorageFailed> noTemporaryDirectory() {
    Path directory = engine.temporaryDirectory();
    if (Files.isDirectory(directory) && Files.isWritable(directory)) {
      return Optional.empty();
    }
    return Optional.of(
        new StorageFailed(
            Stage.FETCH,
            directory,
            Failure.of(
                    "the temporary directory %s is not a directory that can be written to"
                        .formatted(NativeText.text(directory)))
                .withRemedy("create it or set TMPDIR to another one")));
  }
}
