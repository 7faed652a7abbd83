package dev.stretcher.sync.internal.release;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.manifest.ReleaseRules;
import dev.stretcher.process.Interrupts;
import dev.stretcher.release.NewRelease;
import dev.stretcher.release.Release;
import dev.stretcher.release.ReleaseComparison;
import dev.stretcher.release.ReleaseUse;
import dev.stretcher.spi.ContentFilter;
import dev.stretcher.spi.Deletions;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncReport;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.sync.internal.directory.DescriptorSearch;
import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.journal.JournalEntry;
import dev.stretcher.sync.internal.journal.JournalEntry.Switch;
import dev.stretcher.sync.internal.journal.Mark;
import dev.stretcher.sync.internal.journal.ReleaseId;
import dev.stretcher.sync.internal.reuse.Reflink;
import dev.stretcher.sync.internal.reuse.Unchanged;
import dev.stretcher.sync.internal.usage.DiskUse;
import dev.stretcher.sync.internal.usage.Users;
import dev.stretcher.text.Printable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The steps of a deploy by releases, each on a dest that is opened for it. */
public record ReleaseSync(Clock clock, Steps steps, Reflink reflink) {
  /** How often a list is read that changes all the time. */
  private static final int READINGS = 10;

  /** Work on the releases of a dest. */
  @FunctionalInterface
  private interface Work<T> {
    T on(ReleaseStore store) throws IOException, InterruptedException;
  }

  private static <T> T with(SyncTarget target, Work<T> work)
      throws IOException, InterruptedException {
    try (Container container =
        Container.open(target.place())
            .orElseThrow(() -> new NoSuchFileException(Printable.of(target.dest())))) {
      return work.on(ReleaseStore.of(container));
    }
  }

  /** Works on a dest whose directories are made if another tool has made it. */
  private static <T> T writing(SyncTarget target, Work<T> work)
      throws IOException, InterruptedException {
    Path dest = target.place().stable();
    try (Container made = NewContainer.open(target.place(), FileState.readThrough(dest))) {
      return with(target.withPlace(made.dest()), work);
    }
  }

  private static void warn(ReleaseStore store, SyncTarget target) {
    int damaged = store.journal().damaged();
    if (damaged > 0) {
      target
          .output()
          .accept(
              "release: %s lines of the journal in %s cannot be read, so that only good releases are removed that are too many; see docs/reference/release-layout.md"
                  .formatted(damaged, Printable.of(store.container().named(Container.STATE))));
    }
  }

  /**
   * Returns the releases at a place, the oldest first. Commands of their manifests are run, so that
   * nobody may exchange the directory in which these are.
   */
  public List<Release> list(PinnedPlace place) throws IOException {
    Optional<Container> there = Container.open(place);
    if (there.isEmpty()) {
      return List.of();
    }
    try (Container container = there.get()) {
      return DescriptorSearch.alone(() -> list(container));
    }
  }

  /**
   * Reads again what a deploy changes meanwhile: a release that the list names may be gone, and the
   * live one not be named yet.
   */
  private static List<Release> list(Container container) throws IOException {
    List<Release> releases = List.of();
    boolean changed = true;
    for (int i = 0; changed && i < READINGS; i++) {
      ReleaseStore store = ReleaseStore.of(container);
      releases = list(store);
      changed = store.hasChanged();
    }
    return releases;
  }

  private static List<Release> list(ReleaseStore store) throws IOException {
    Optional<String> live = CurrentLink.live(store.container());
    List<Release> releases = new ArrayList<>();
    for (JournalEntry entry : store.entries()) {
      releases.add(store.release(entry, live));
    }
    return releases;
  }

  /** Tells whether there are releases, whoever has made them. */
  public boolean isAt(PinnedPlace place) throws IOException {
    Optional<Container> there = Container.look(place);
    return there.isPresent() && DescriptorSearch.alone(() -> hasReleases(there.get()));
  }

  private static boolean hasReleases(Container container) throws IOException {
    boolean journal =
        container.journal().isPresent() && !container.journal().get().read().missing();
    return journal
        || (container.releases().isPresent() && !ReleaseStore.directories(container).isEmpty());
  }

  /** Refuses what cannot work, before anything is fetched. */
  public void check(SyncTarget target) throws IOException {
    ReleaseRules rules = target.rules().release();
    if (rules.id().isPresent()) {
      ReleaseId.require(rules.id().get());
    }
    SharedNames.require(rules.shared());
    new Obstacles(target.place()).require();
  }

  /** Says which contents the live release does not have. */
  public ContentFilter needed(SyncTarget target) throws IOException {
    Optional<Container> there = Container.look(target.place());
    if (there.isEmpty()) {
      return ContentFilter.ALL;
    }
    Optional<String> live = CurrentLink.live(there.get());
    return live.isEmpty()
        ? ContentFilter.ALL
        : new Unchanged(there.get().directory(live.get()), target.known());
  }

  /** Returns a release that need only be activated. */
  public Optional<Release> find(SyncTarget target, NewRelease origin)
      throws IOException, InterruptedException {
    if (Container.isMissing(target.place())) {
      Path shared = target.dest().resolve(Container.SHARED);
      new SharedPlace(Optional.empty(), shared).require(target.rules().release().shared());
      return Optional.empty();
    }
    return with(
        target,
        store -> {
          warn(store, target);
          Container there = store.container();
          if (store.journal().missing()) {
            new ForeignNames(there).warning().ifPresent(target.output());
          }
          new SharedPlace(there.shared(), there.named(Container.SHARED))
              .require(target.rules().release().shared());
          return new Finding(store, target).find(origin);
        });
  }

  /** Makes a release of a tree. */
  public Release prepare(StagedTree tree, SyncTarget target, NewRelease origin)
      throws IOException, InterruptedException {
    Interrupts.requireNone();
    check(target);
    try (PinnedPlace staged = tree.place().hold();
        Container container =
            NewContainer.open(target.place(), FileState.readThrough(staged.stable()))) {
      if (!target.place().isDirectory()) {
        target.disk().flushNames(Objects.requireNonNull(target.place().path().getParent()));
      }
      steps.done(Steps.Step.DEST_MADE);
      ReleaseStore store = ReleaseStore.of(container);
      store.adopt();
      steps.done(Steps.Step.ADOPTED);
      Litter.sweep(store);
      steps.done(Steps.Step.SWEPT);
      JournalEntry made =
          new Preparation(store, target, clock, steps, reflink).make(staged, tree, origin);
      return store.release(made, Optional.empty());
    }
  }

  /** Compares a release with what it was when it was made. */
  public void verify(SyncTarget target, Release release) throws IOException, InterruptedException {
    with(
        target,
        store -> {
          new Finding(store, target).verify(require(store, release));
          return release;
        });
  }

  /** Says how a release differs from what it was when it was made; empty if that is not known. */
  public Optional<ReleaseComparison> compare(PinnedPlace place, Release release)
      throws IOException, InterruptedException {
    Optional<Container> there = Container.open(place);
    if (there.isEmpty()) {
      return Optional.empty();
    }
    try (Container container = there.get()) {
      if (!container.hasState() || !container.has(release.id())) {
        return Optional.empty();
      }
      Path tree = container.requireReleases().stable().resolve(release.id());
      return new Kept(container.requireState().stable()).compare(release.id(), tree);
    }
  }

  private static JournalEntry require(ReleaseStore store, Release release) throws IOException {
    return store
        .entry(release.id())
        .orElseThrow(
            () ->
                new FileSystemException(
                    Printable.of(store.container().directory(release.id())),
                    null,
                    "this release is gone"));
  }

  /** Makes a release live. */
  public SyncReport activate(SyncTarget target, Release release, Switch why)
      throws IOException, InterruptedException {
    Interrupts.requireNone();
    return writing(
        target,
        store -> {
          warn(store, target);
          JournalEntry entry = require(store, release);
          Optional<String> before = CurrentLink.live(store.container());
          target.guard().begin(() -> Deletions.NONE);
          long start = System.nanoTime();
          if (!before.equals(Optional.of(entry.id()))) {
            warnOfDangling(store, target);
            CurrentLink.switchTo(store.container(), entry.id(), steps);
          }
          long nanos = System.nanoTime() - start;
          target.disk().flushNames(store.container().dest().stable());
          steps.done(Steps.Step.LINK_FLUSHED);
          writeAsLive(store, entry, why);
          steps.done(Steps.Step.WRITTEN_AS_LIVE);
          return SwitchReport.of(entry.id(), before, nanos);
        });
  }

  /** A good one stays good; that a deploy has made it live gives it its place in the order. */
  private void writeAsLive(ReleaseStore store, JournalEntry entry, Switch why) throws IOException {
    if (entry.mark() != Mark.GOOD) {
      store.write(entry.with(Mark.LIVE, clock.instant()).switched(why));
    } else if (why == Switch.DEPLOY) {
      store.write(entry.switched(why));
    }
  }

  private static void warnOfDangling(ReleaseStore store, SyncTarget target) {
    if (CurrentLink.isDangling(store.container())) {
      target
          .output()
          .accept(
              "release: %s led to nothing, and is replaced"
                  .formatted(Printable.of(store.container().named(Container.CURRENT))));
    }
  }

  /** Writes down what became of a release. */
  public void mark(SyncTarget target, Release release, Release.State state)
      throws IOException, InterruptedException {
    writing(
        target,
        store -> {
          JournalEntry entry = require(store, release);
          if (entry.mark() != Mark.of(state)) {
            store.write(entry.with(Mark.of(state), clock.instant()));
          }
          steps.done(Steps.Step.MARKED);
          return entry;
        });
  }

  /** Removes releases that are too many. */
  public List<Release> prune(SyncTarget target) throws IOException, InterruptedException {
    return with(target, store -> new Pruning(store, target, clock, steps).prune());
  }

  /** Returns what a release costs, and who uses it. */
  public ReleaseUse use(Release release) throws IOException {
    Path real = release.directory().toRealPath();
    long bytes = DescriptorSearch.alone(() -> DiskUse.of(real));
    return new ReleaseUse(bytes, Users.of(List.of(real)).of(real));
  }

  /** Returns the link in a dest. */
  public static Path link(Path dest) {
    return dest.resolve(Container.CURRENT);
  }
}
