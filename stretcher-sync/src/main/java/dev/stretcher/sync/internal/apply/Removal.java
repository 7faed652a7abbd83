package dev.stretcher.sync.internal.apply;

import dev.stretcher.file.ReservedNames;
import dev.stretcher.sync.internal.directory.Directories;
import dev.stretcher.sync.internal.directory.OpenDirectory;
import dev.stretcher.sync.internal.directory.Relative;
import dev.stretcher.sync.internal.directory.SeenFile;
import dev.stretcher.sync.internal.filter.FilterRules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Removes files and trees, except for protected names, and never through a link. Thread-safe. */
public final class Removal {
  private final Directories directories;
  private final Optional<FilterRules> excludes;

  /**
   * Creates a removal.
   *
   * @param excludes the names that stay, besides those of other deploys; empty if none stays
   */
  public Removal(Directories directories, Optional<FilterRules> excludes) {
    this.directories = directories;
    this.excludes = excludes;
  }

  /** Removes the file or tree at {@code path}. */
  public void remove(Path path) throws IOException, InterruptedException {
    directories.in(Relative.parent(path), parent -> remove(parent, path));
  }

  /** Removes the content of the root, where no name is protected. */
  void removeContent() throws IOException, InterruptedException {
    directories.in(
        Relative.ROOT,
        root -> {
          for (Path name : root.names()) {
            remove(root, name);
          }
        });
  }

  /**
   * Removes the file or tree at {@code path}, which lies in {@code parent}.
   *
   * @return false if a part of it stays
   */
  boolean remove(OpenDirectory parent, Path path) throws IOException {
    Path name = path.getFileName();
    Optional<SeenFile> there = parent.look(name);
    if (there.isEmpty()) {
      return true;
    }
    if (!there.get().directory()) {
      parent.deleteFile(name);
      return true;
    }
    try (Descent descent = new Descent(directories, parent)) {
      descent.enter(path);
      return removeAll(descent);
    }
  }

  /**
   * Removes what is entered, without recursion: the tree may be deeper than a stack, and a lock of
   * the JDK's directory streams that was taken when the stack overflows is never released.
   */
  private boolean removeAll(Descent descent) throws IOException {
    while (descent.hasEntered()) {
      Optional<Path> next = descent.next();
      if (next.isPresent()) {
        removeNext(descent, next.get());
      } else {
        descent.leave();
      }
    }
    return !descent.hasKept();
  }

  private void removeNext(Descent descent, Path path) throws IOException {
    Path name = path.getFileName();
    Optional<SeenFile> there = descent.directory().look(name);
    if (there.isEmpty()) {
      return;
    }
    boolean directory = there.get().directory();
    if (isProtected(path, directory)) {
      descent.keep();
    } else if (directory) {
      descent.enter(path);
    } else {
      descent.deleteFile(name);
    }
  }

  private boolean isProtected(Path path, boolean directory) {
    return excludes.isPresent()
        && (ReservedNames.isReserved(path.getFileName().toString())
            || excludes.get().excludes(path, directory));
  }
}
