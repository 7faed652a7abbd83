package dev.stretcher.sync.internal.apply;

import dev.stretcher.file.ReservedNames;
import dev.stretcher.sync.internal.directory.Directories;
import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.OpenDirectory;
import dev.stretcher.sync.internal.directory.Relative;
import dev.stretcher.sync.internal.directory.SeenFile;
import dev.stretcher.sync.internal.filter.FilterRules;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Removes files and trees, except for protected names, and never through a link. Thread-safe. */
final class Removal {
  private final Directories directories;
  private final Optional<FilterRules> excludes;

  /**
   * Creates a removal.
   *
   * @param excludes the names that stay, besides those of other deploys; empty if none stays
   */
  Removal(Directories directories, Optional<FilterRules> excludes) {
    this.directories = directories;
    this.excludes = excludes;
  }

  /** Removes the file or tree at {@code path}. */
  void remove(Path path) throws IOException, InterruptedException {
    directories.in(Relative.parent(path), parent -> remove(parent, path));
  }

  /** Removes the content of the root. */
  void removeContent() throws IOException, InterruptedException {
    directories.in(Relative.ROOT, root -> removeContent(root, Relative.ROOT));
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
    return removeDirectory(parent, name, path);
  }

  private boolean removeDirectory(OpenDirectory parent, Path name, Path path) throws IOException {
    try {
      return removeOpenDirectory(parent, name, path);
    } catch (AccessDeniedException e) {
      letOwnerIn(parent, name, e);
      return removeOpenDirectory(parent, name, path);
    }
  }

  private void letOwnerIn(OpenDirectory parent, Path name, AccessDeniedException denied)
      throws IOException {
    directories.pinned(
        parent,
        here -> {
          FileState state = FileState.read(here.resolve(name));
          if (!state.isDirectory() || state.isOpenToOwner()) {
            throw denied;
          }
          Files.setAttribute(here.resolve(name), "unix:mode", FileState.OWNER_ALL);
        });
  }

  private boolean removeOpenDirectory(OpenDirectory parent, Path name, Path path)
      throws IOException {
    boolean empty;
    try (OpenDirectory directory = parent.open(name)) {
      empty = removeContent(directory, path);
    }
    if (empty) {
      parent.deleteDirectory(name);
    }
    return empty;
  }

  private boolean removeContent(OpenDirectory directory, Path path) throws IOException {
    boolean empty = true;
    for (Path name : directory.names()) {
      Path child = path.resolve(name);
      boolean stays = isProtected(directory, name, child) || !remove(directory, child);
      empty &= !stays;
    }
    return empty;
  }

  private boolean isProtected(OpenDirectory directory, Path name, Path path) throws IOException {
    if (excludes.isEmpty()) {
      return false;
    }
    if (ReservedNames.isReserved(name.toString())) {
      return true;
    }
    if (excludes.get().isEmpty()) {
      return false;
    }
    Optional<SeenFile> there = directory.look(name);
    return there.isPresent() && excludes.get().excludes(path, there.get().directory());
  }
}
