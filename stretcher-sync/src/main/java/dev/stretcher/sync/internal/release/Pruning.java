package dev.stretcher.sync.internal.release;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.process.Interrupts;
import dev.stretcher.release.Release;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.sync.internal.journal.JournalEntry;
import dev.stretcher.sync.internal.journal.Mark;
import dev.stretcher.sync.internal.usage.Users;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Removes releases that are too many. */
record Pruning(ReleaseStore store, SyncTarget target, Clock clock, Steps steps) {
  /** Removes them, and returns those that are gone. */
  List<Release> prune() throws IOException, InterruptedException {
    Litter.sweep(store);
    Optional<String> live = CurrentLink.live(store.container());
    List<JournalEntry> superfluous =
        new Retention(known(), live, target.rules().release().keep()).superfluous();
    List<String> unknown = Litter.unknown(store);
    live.ifPresent(unknown::remove);
    if (superfluous.isEmpty() && unknown.isEmpty()) {
      return List.of();
    }
    Users users = users(superfluous, unknown);
    for (String id : unknown) {
      if (isFree(id, users)) {
        remove(id);
      }
    }
    List<Release> gone = new ArrayList<>();
    for (JournalEntry entry : superfluous) {
      Interrupts.requireNone();
      if (isFree(entry.id(), users)) {
        gone.add(store.release(entry, live));
        remove(entry);
      }
    }
    store.tidy();
    steps.done(Steps.Step.TIDIED);
    return gone;
  }

  /** What a damaged line says may be that a release is good after all. */
  private List<JournalEntry> known() {
    List<JournalEntry> entries = store.entries();
    if (store.journal().damaged() > 0) {
      entries.removeIf(entry -> entry.mark() != Mark.GOOD && entry.mark() != Mark.ADOPTED);
    }
    return entries;
  }

  private Users users(List<JournalEntry> superfluous, List<String> unknown) throws IOException {
    List<Path> directories = new ArrayList<>();
    for (JournalEntry entry : superfluous) {
      directories.add(real(entry.id()));
    }
    for (String id : unknown) {
      directories.add(real(id));
    }
    Users users = Users.of(directories);
    if (users.unknown() > 0) {
      target
          .output()
          .accept(
              "release: this user may not look at %s processes, which may use a release that is removed; run as root to be sure"
                  .formatted(users.unknown()));
    }
    return users;
  }

  private Path real(String id) throws IOException {
    return store.container().requireReleases().stable().toRealPath().resolve(id);
  }

  private boolean isFree(String id, Users users) throws IOException {
    List<String> using = users.of(real(id));
    if (!using.isEmpty()) {
      say("release: %s stays, since it is used by %s".formatted(id, String.join(", ", using)));
      return false;
    }
    Path directory = store.container().requireReleases().stable().resolve(id);
    List<Path> mounted = PinnedPlace.look(directory).mountPoints();
    if (!mounted.isEmpty()) {
      say("release: %s stays, since something is mounted in it".formatted(id));
      return false;
    }
    return true;
  }

  private void say(String line) {
    target.output().accept(line);
  }

  private void remove(JournalEntry entry) throws IOException, InterruptedException {
    Path aside = Litter.setAside(store.container(), entry.id());
    steps.done(Steps.Step.SET_ASIDE);
    store.write(entry.with(Mark.GONE, clock.instant()));
    steps.done(Steps.Step.WRITTEN_AS_GONE);
    Litter.remove(store.container(), aside);
    store.kept().forget(entry.id());
    steps.done(Steps.Step.REMOVED);
  }

  private void remove(String id) throws IOException, InterruptedException {
    Litter.remove(store.container(), Litter.setAside(store.container(), id));
    say("release: removed %s, which no deploy has finished".formatted(id));
  }
}
