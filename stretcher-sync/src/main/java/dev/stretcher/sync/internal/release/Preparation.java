package dev.stretcher.sync.internal.release;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.manifest.ReleaseRules;
import dev.stretcher.process.Interrupts;
import dev.stretcher.release.NewRelease;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.sync.internal.directory.DescriptorSearch;
import dev.stretcher.sync.internal.journal.JournalEntry;
import dev.stretcher.sync.internal.journal.Mark;
import dev.stretcher.sync.internal.journal.ReleaseId;
import dev.stretcher.sync.internal.reuse.Completion;
import dev.stretcher.sync.internal.reuse.Reflink;
import dev.stretcher.sync.internal.reuse.Unchanged;
import dev.stretcher.text.Printable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Makes a release of a staged tree. */
record Preparation(
    ReleaseStore store, SyncTarget target, Clock clock, Steps steps, Reflink reflink) {
  /**
   * Makes the release.
   *
   * @param staged is held
   */
  JournalEntry make(PinnedPlace staged, StagedTree tree, NewRelease origin)
      throws IOException, InterruptedException {
    ReleaseRules rules = target.rules().release();
    String id = id(origin);
    complete(staged, tree);
    steps.done(Steps.Step.COMPLETED);
    new SharedNames(staged.stable(), store.container()).link(rules.shared());
    steps.done(Steps.Step.SHARED);
    JournalEntry entry =
        new JournalEntry(id, Mark.PREPARED, clock.instant(), Optional.of(origin(origin)));
    try {
      put(staged, entry, origin.manifest());
      return entry;
    } catch (IOException | InterruptedException | RuntimeException e) {
      takeBack(entry, e);
      Interrupts.rethrow(e);
      throw e;
    }
  }

  private void complete(PinnedPlace staged, StagedTree tree)
      throws IOException, InterruptedException {
    Container container = store.container();
    Optional<String> live = CurrentLink.live(container);
    if (live.isEmpty() || tree.omitted().isEmpty()) {
      tree.omitted().stageAll();
      return;
    }
    Path directory = container.requireReleases().stable().resolve(live.get());
    try (PinnedPlace held = DescriptorSearch.alone(() -> PinnedPlace.hold(directory))) {
      Unchanged unchanged = new Unchanged(held.stable(), target.known());
      new Completion(staged, tree.omitted(), held, unchanged).complete(reflink);
    }
  }

  private JournalEntry.Origin origin(NewRelease origin) {
    return ReleaseStore.origin(origin, target.rules());
  }

  private String id(NewRelease origin) throws IOException {
    ReleaseId.require(origin.id());
    if (target.rules().release().id().isEmpty()) {
      return ReleaseId.free(origin.id(), this::isTaken);
    }
    if (isTaken(origin.id())) {
      throw new FileAlreadyExistsException(
          Printable.of(store.container().directory(origin.id())),
          null,
          "a release of that name is there; give release.id another value");
    }
    return origin.id();
  }

  private boolean isTaken(String id) {
    Path releases = store.container().releases().orElseThrow().stable();
    return Files.exists(releases.resolve(id), LinkOption.NOFOLLOW_LINKS);
  }

  private void put(PinnedPlace staged, JournalEntry entry, String manifest)
      throws IOException, InterruptedException {
    Container container = store.container();
    PinnedPlace releases = container.requireReleases();
    store.kept().keep(entry.id(), manifest, staged.stable());
    steps.done(Steps.Step.KEPT);
    target.disk().flush(staged.stable());
    steps.done(Steps.Step.FLUSHED);
    if (store.journal().release(entry.id()).isPresent()) {
      // Its directory is gone, and this one has its place at the end.
      store.write(entry.with(Mark.GONE, entry.at()));
    }
    store.write(entry);
    steps.done(Steps.Step.WRITTEN_AS_PREPARED);
    Path name = releases.stable().resolve(entry.id());
    if (StagedRoot.moveTo(staged, name)) {
      target.disk().flush(name);
    }
    steps.done(Steps.Step.NAMED);
    target.disk().flushNames(releases.stable());
    steps.done(Steps.Step.NAME_FLUSHED);
  }

  /** Leaves nothing of the release behind. */
  private void takeBack(JournalEntry entry, Exception why) {
    try {
      Interrupts.shielded(
          () -> {
            removeAll(entry);
            return entry;
          });
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  private void removeAll(JournalEntry entry) throws IOException {
    try {
      if (store.entry(entry.id()).isPresent()) {
        Litter.remove(store.container(), Litter.setAside(store.container(), entry.id()));
      }
      store.kept().forget(entry.id());
      if (store.journal().release(entry.id()).isPresent()) {
        store.write(entry.with(Mark.GONE, clock.instant()));
      }
    } catch (InterruptedException e) {
      throw Interrupts.asIoException(e);
    }
  }
}
