package dev.stretcher.sync.internal.reuse;

import dev.stretcher.manifest.Digest;
import dev.stretcher.spi.ContentFilter;
import dev.stretcher.spi.Entry;
import dev.stretcher.spi.EntryType;
import dev.stretcher.spi.OmittedFiles.OmittedFile;
import dev.stretcher.spi.SyncTarget.KnownContents;
import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.Kind;
import dev.stretcher.sync.internal.directory.Relative;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Says which files of an archive the live release has already. Thread-safe. */
public final class Unchanged implements ContentFilter {
  private static final long LAST_SECOND = Long.MAX_VALUE / 1_000_000_000;

  private final Path live;
  private final KnownContents known;

  /** The directory of the last file: an archive has the files of a directory one by one. */
  private volatile Seen last;

  /**
   * Creates the filter.
   *
   * @param live the directory of the live release
   * @param known what is known of the contents in it
   */
  public Unchanged(Path live, KnownContents known) {
    this.live = live;
    this.known = known;
    this.last = new Seen(Relative.ROOT, true);
  }

  /** Whether the live release has a directory, and not behind a link. */
  private record Seen(Path directory, boolean real) {}

  @Override
  public boolean needs(Entry entry) {
    if (entry.type() != EntryType.FILE || !isReal(Relative.parent(entry.path()))) {
      return true;
    }
    try {
      FileState there = FileState.read(live.resolve(entry.path()));
      return !isSame(entry.path(), entry.size(), entry.modified(), entry.digest(), there);
    } catch (IOException e) {
      return true;
    }
  }

  /** Tells whether a file which was left out of a tree is still in a directory. */
  boolean isSame(Path path, OmittedFile file, Path directory) {
    try {
      FileState there = FileState.read(directory.resolve(path));
      return isSame(path, file, there);
    } catch (IOException e) {
      return false;
    }
  }

  /** What lies behind a link is not in the release. */
  private boolean isReal(Path directory) {
    Seen seen = last;
    if (!seen.directory().equals(directory)) {
      seen = new Seen(directory, isRealNow(directory));
      last = seen;
    }
    return seen.real();
  }

  private boolean isRealNow(Path directory) {
    Path path = live;
    for (Path name : directory) {
      path = path.resolve(name);
      if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether a file has the content of one that was left out of a tree. */
  boolean isSame(Path path, OmittedFile file, FileState there) {
    return isSame(path, file.size(), file.modified(), file.digest(), there);
  }

  /**
   * Tells whether a file has the content that an archive has under its name: by the digests, if
   * both are known, else by size and time.
   *
   * @param path of both
   * @param there the file
   */
  private boolean isSame(
      Path path, long size, Instant modified, Optional<Digest> digest, FileState there) {
    if (there.kind() != Kind.FILE || there.size() != size) {
      return false;
    }
    boolean alike = there.second() == modified.getEpochSecond();
    Optional<Digest> has =
        digest.isEmpty() ? digest : known.digest(path, there.size(), there.modified());
    return has.isEmpty() ? alike : has.equals(digest) && (alike || canBeSet(modified));
  }

  /** The JDK turns a time before 1970 that has a fraction into 1970, and one after 2262 as well. */
  private static boolean canBeSet(Instant time) {
    return time.getEpochSecond() >= 0 && time.getEpochSecond() < LAST_SECOND;
  }
}
