package dev.stretcher.sync.internal.release;

import dev.stretcher.manifest.Digest;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.release.NewRelease;
import dev.stretcher.release.Release;
import dev.stretcher.sync.internal.journal.Journal;
import dev.stretcher.sync.internal.journal.JournalEntry;
import dev.stretcher.sync.internal.journal.JournalFile;
import dev.stretcher.sync.internal.journal.Mark;
import dev.stretcher.sync.internal.journal.ReleaseId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The releases of an open dest, as the journal and the directories say together. Used by one
 * thread.
 */
final class ReleaseStore {
  private final Container container;

  /** What another tool has made, and no line says yet. */
  private final List<JournalEntry> adopted;

  private Journal written;
  private Journal journal;

  private ReleaseStore(Container container, Journal written, List<JournalEntry> adopted) {
    this.container = container;
    this.adopted = new ArrayList<>(adopted);
    this.written = written;
    this.journal = written.with(adopted);
  }

  /**
   * Reads the releases. What another tool has made counts as adopted if there is no journal, and
   * also later if it has made it live. So does one whose lines are lost.
   */
  static ReleaseStore of(Container container) throws IOException {
    Journal journal = read(container);
    return new ReleaseStore(container, journal, adopted(container, journal));
  }

  private static Journal read(Container container) throws IOException {
    Optional<JournalFile> file = container.journal();
    return file.isPresent() ? file.get().read() : Journal.none();
  }

  private static List<JournalEntry> adopted(Container container, Journal journal)
      throws IOException {
    if (journal.missing()) {
      return found(container);
    }
    Optional<String> live =
        CurrentLink.isToRelease(container) ? CurrentLink.live(container) : Optional.empty();
    List<JournalEntry> entries = new ArrayList<>();
    if (container.releases().isPresent()) {
      for (String id : directories(container)) {
        boolean isLive = live.equals(Optional.of(id));
        if (journal.release(id).isEmpty() && (isLive || isKept(container, id))) {
          entries.add(foreign(container, id, isLive));
        }
      }
    }
    return entries;
  }

  private static List<JournalEntry> found(Container container) throws IOException {
    List<JournalEntry> entries = new ArrayList<>();
    if (container.releases().isPresent()) {
      Optional<String> live = CurrentLink.live(container);
      for (String id : directories(container)) {
        entries.add(foreign(container, id, live.equals(Optional.of(id))));
      }
    }
    return entries;
  }

  /**
   * What runs is taken as good if another tool has made it. Of what a deploy of ours has made, the
   * journal said whether it was good, and that is lost.
   */
  private static JournalEntry foreign(Container container, String id, boolean live)
      throws IOException {
    Mark mark = isKept(container, id) ? Mark.UNKNOWN : live ? Mark.GOOD : Mark.ADOPTED;
    Path directory = container.requireReleases().stable().resolve(id);
    Instant made = Files.getLastModifiedTime(directory, LinkOption.NOFOLLOW_LINKS).toInstant();
    return new JournalEntry(id, mark, made, Optional.empty());
  }

  private static boolean isKept(Container container, String id) throws IOException {
    return container.hasState() && new Kept(container.requireState().stable()).has(id);
  }

  /** Returns the names of the directories in {@code releases} that can name releases, sorted. */
  static List<String> directories(Container container) throws IOException {
    List<String> ids = new ArrayList<>();
    Path releases = container.requireReleases().stable();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(releases)) {
      for (Path path : paths) {
        String name = path.getFileName().toString();
        if (ReleaseId.isOne(name) && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          ids.add(name);
        }
      }
    }
    ids.sort(null);
    return ids;
  }

  /** Tells whether somebody else has written to the journal since it was read. */
  boolean hasChanged() throws IOException {
    return !read(container).equals(written);
  }

  Container container() {
    return container;
  }

  Journal journal() {
    return journal;
  }

  /** Returns the releases that have a directory, the oldest first. */
  List<JournalEntry> entries() {
    List<JournalEntry> present = new ArrayList<>();
    for (JournalEntry entry : journal.releases()) {
      if (container.has(entry.id())) {
        present.add(entry);
      }
    }
    return present;
  }

  /** Returns a release that has a directory. */
  Optional<JournalEntry> entry(String id) {
    return journal.release(id).filter(entry -> container.has(id));
  }

  Kept kept() throws IOException {
    return new Kept(container.requireState().stable());
  }

  /** Writes down what another tool has made. */
  void adopt() throws IOException {
    add(adopted);
    adopted.clear();
  }

  /** Writes down what became of a release. */
  void write(JournalEntry entry) throws IOException {
    adopt();
    add(List.of(entry));
  }

  private void add(List<JournalEntry> entries) throws IOException {
    if (!entries.isEmpty()) {
      written = file().add(written, List.copyOf(entries));
      journal = written;
    }
  }

  void tidy() throws IOException {
    written = file().tidy(written);
    journal = written;
  }

  private JournalFile file() throws IOException {
    container.requireState();
    return container.journal().orElseThrow();
  }

  /** Returns a release as those see it who use the syncer. */
  Release release(JournalEntry entry, Optional<String> live) throws IOException {
    return new Release(
        entry.id(),
        entry.mark().state().orElseThrow(),
        entry.at(),
        live.equals(Optional.of(entry.id())),
        container.directory(entry.id()),
        origin(entry),
        entry.proven());
  }

  private Optional<NewRelease> origin(JournalEntry entry) throws IOException {
    if (entry.mark() == Mark.UNKNOWN) {
      return kept().manifest(entry.id()).map(text -> unknown(entry, text));
    }
    Optional<String> manifest =
        entry.origin().isPresent() ? kept().manifest(entry.id()) : Optional.empty();
    return manifest.isEmpty()
        ? Optional.empty()
        : entry
            .origin()
            .map(
                origin ->
                    new NewRelease(
                        entry.id(),
                        origin.made(),
                        origin.manifest(),
                        origin.manifestDigest(),
                        origin.archive().map(Digest::parse),
                        manifest.get(),
                        origin.rules()));
  }

  /** The journal that said more is lost. */
  private static NewRelease unknown(JournalEntry entry, String manifest) {
    return new NewRelease(
        entry.id(), entry.at(), "release:" + entry.id(), "", Optional.empty(), manifest, "");
  }

  /** Returns what the journal says of where a release comes from. */
  static JournalEntry.Origin origin(NewRelease made, SyncRules rules) {
    return new JournalEntry.Origin(
        made.made(),
        made.manifestUrl(),
        made.manifestDigest(),
        made.archive().map(Digest::toString),
        TreeRules.digest(made.treeRules(), rules));
  }
}
