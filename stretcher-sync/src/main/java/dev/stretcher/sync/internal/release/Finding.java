package dev.stretcher.sync.internal.release;

import dev.stretcher.release.NewRelease;
import dev.stretcher.release.Release;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.journal.JournalEntry;
import dev.stretcher.sync.internal.journal.Mark;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Looks for a release that is what a deploy would make. */
record Finding(ReleaseStore store, SyncTarget target) {
  Optional<Release> find(NewRelease wanted) throws IOException {
    JournalEntry.Origin origin = ReleaseStore.origin(wanted, target.rules());
    Optional<String> id = target.rules().release().id();
    Optional<JournalEntry> found = id.isPresent() ? named(id.get(), origin) : newest(origin);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(store.release(found.get(), CurrentLink.live(store.container())));
  }

  /** Whoever names it wants it, even if its commands failed before: what failed may be mended. */
  private Optional<JournalEntry> named(String id, JournalEntry.Origin wanted) throws IOException {
    Optional<JournalEntry> there = store.entry(id);
    if (there.isEmpty()) {
      return there;
    }
    Optional<JournalEntry.Origin> origin = there.get().origin();
    if (origin.isEmpty()) {
      throw refused(id, "another tool has made it; give release.id another value");
    }
    if (!origin.get().makesTheSameAs(wanted)) {
      throw refused(id, difference(origin.get(), wanted) + "; give release.id another value");
    }
    try {
      verify(there.get());
    } catch (FileSystemException e) {
      throw refused(id, e.getReason() + "; give release.id another value");
    }
    return there;
  }

  private static String difference(JournalEntry.Origin origin, JournalEntry.Origin wanted) {
    return origin.archive().equals(wanted.archive()) && wanted.archive().isPresent()
        ? "it was made by other rules: shared names, dest_mode or links differ (%s, now %s)"
            .formatted(origin.rules(), wanted.rules())
        : "it was made of %s, not of %s"
            .formatted(
                origin.archive().orElse("an archive without a checksum"),
                wanted.archive().orElse("an archive without a checksum"));
  }

  private FileAlreadyExistsException refused(String id, String reason) {
    return new FileAlreadyExistsException("release " + id, null, reason);
  }

  private Optional<JournalEntry> newest(JournalEntry.Origin wanted) {
    List<JournalEntry> entries = store.entries();
    for (int i = entries.size() - 1; i >= 0; i--) {
      JournalEntry entry = entries.get(i);
      boolean same = entry.origin().filter(origin -> origin.makesTheSameAs(wanted)).isPresent();
      if (same && entry.mark() != Mark.BAD && isWhole(entry)) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  private boolean isWhole(JournalEntry entry) {
    try {
      verify(entry);
      return true;
    } catch (IOException e) {
      target.output().accept("release: " + entry.id() + " is not used again: " + e.getMessage());
      return false;
    }
  }

  /** Of what another tool has made, only the directory is known. */
  void verify(JournalEntry entry) throws IOException {
    Path releases = store.container().requireReleases().stable();
    Path directory = releases.resolve(entry.id());
    if (entry.origin().isPresent() || entry.mark() == Mark.UNKNOWN) {
      Path name = store.container().directory(entry.id());
      SharedInode inodes = new SharedInode(releases, store.entries());
      store.kept().verify(entry.id(), directory, name, inodes);
    } else {
      FileState.read(directory);
    }
  }
}
