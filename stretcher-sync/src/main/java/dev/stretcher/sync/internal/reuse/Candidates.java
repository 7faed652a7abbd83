package dev.stretcher.sync.internal.reuse;

import dev.stretcher.spi.OmittedFiles.OmittedFile;
import dev.stretcher.sync.internal.directory.Relative;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The files of some directories that a release still has. Each is looked at only when its turn
 * comes: where files cannot be cloned, the first one shows it.
 */
final class Candidates implements Iterator<Path> {
  private final Path release;
  private final Unchanged unchanged;
  private final Deque<Files> directories = new ArrayDeque<>();
  private @Nullable Path next;

  /**
   * Creates an empty collection.
   *
   * @param release the directory of the release
   */
  Candidates(Path release, Unchanged unchanged) {
    this.release = release;
    this.unchanged = unchanged;
  }

  /** The files of a directory that are left. */
  private record Files(Path directory, Iterator<OmittedFile> left) {}

  /** Adds the files of a directory, before the first is asked for. */
  void add(Path directory, Collection<OmittedFile> files) {
    directories.add(new Files(directory, files.iterator()));
  }

  @Override
  public boolean hasNext() {
    while (next == null && !directories.isEmpty()) {
      Files files = directories.element();
      if (files.left().hasNext()) {
        look(files.directory(), files.left().next());
      } else {
        directories.remove();
      }
    }
    return next != null;
  }

  private void look(Path directory, OmittedFile file) {
    Path path = Relative.child(directory, file.name());
    if (unchanged.isSame(path, file, release)) {
      next = path;
    }
  }

  @Override
  public Path next() {
    @Nullable Path found = hasNext() ? next : null;
    if (found == null) {
      throw new NoSuchElementException();
    }
    next = null;
    return found;
  }
}
