package dev.stretcher.sync.internal.apply;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.file.ReservedNames;
import dev.stretcher.spi.OmittedFiles;
import dev.stretcher.sync.internal.directory.Directories;
import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.Kind;
import dev.stretcher.sync.internal.directory.Privilege;
import dev.stretcher.sync.internal.directory.Relative;
import dev.stretcher.sync.internal.plan.Operation.Put;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes the staged tree ready to be renamed into dest piece by piece. It is a private directory
 * that is held, so that its paths lead where they say.
 */
final class Staging {
  private final Directories directories;
  private final Path root;
  private final OmittedFiles omitted;
  private final Privilege privilege;
  private @Nullable Path away;
  private int given;

  Staging(PinnedPlace place, OmittedFiles omitted, Privilege privilege) {
    this.privilege = privilege;
    this.directories = new Directories(place);
    this.root = place.stable();
    this.omitted = omitted;
  }

  /** Opens a staged directory for {@code action}. */
  void in(Path directory, Directories.Action action) throws IOException, InterruptedException {
    directories.in(directory, action);
  }

  /** Stages what was left out because dest had it, and that is needed now. */
  void complete(List<Put> puts) throws IOException, InterruptedException {
    if (omitted.isEmpty() || puts.isEmpty()) {
      return;
    }
    List<Path> paths = puts.stream().map(Put::path).toList();
    omitted.stage(paths);
    if (privilege == Privilege.NORMAL) {
      openAll(paths);
    }
  }

  /**
   * Opens directories that are closed to their owner, as those were when they were listed that had
   * been staged from the start. In dest they are closed again.
   */
  private void openAll(List<Path> paths) throws IOException {
    Set<Path> opened = new HashSet<>();
    for (Path path : paths) {
      for (int depth = 1; depth <= path.getNameCount(); depth++) {
        Path part = path.subpath(0, depth);
        if (opened.add(part)) {
          open(root.resolve(part));
        }
      }
    }
  }

  private static void open(Path path) throws IOException {
    Optional<FileState> state = FileState.readIfThere(path);
    if (state.isPresent() && state.get().isDirectory() && !state.get().isOpenToOwner()) {
      Files.setAttribute(path, "unix:mode", state.get().mode() | FileState.OWNER_ALL);
    }
  }

  /** Deletes excluded files; returns the directories whose content has changed by that. */
  Set<Path> removeHidden(Collection<Path> hidden) throws IOException, InterruptedException {
    Set<Path> disturbed = new HashSet<>();
    Removal removal = new Removal(directories, Optional.empty());
    for (Path path : hidden) {
      removal.remove(path);
      disturbed.add(Relative.parent(path));
    }
    return disturbed;
  }

  /**
   * Gives each name of a hard-linked regular file a file of its own, as rsync without {@code -H}
   * does; returns the directories whose content has changed by that.
   */
  Set<Path> splitLinks(List<Put> puts) throws IOException {
    Set<Path> disturbed = new HashSet<>();
    for (Put put : puts) {
      boolean shared = put.staged().kind() == Kind.FILE && put.staged().links() > 1;
      // The last name to be split is alone by then.
      if (shared && FileState.read(root.resolve(put.path())).links() > 1) {
        split(root.resolve(put.path()), put.staged());
        disturbed.add(Relative.parent(put.path()));
      }
    }
    return disturbed;
  }

  private void split(Path file, FileState state) throws IOException {
    // Not where things are given away to: that directory must not come to dest with the tree.
    Path copy = file.resolveSibling(ReservedNames.PREFIX + UUID.randomUUID());
    Files.copy(file, copy, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
    Attributes.setTime(copy, state.modified());
    Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Returns a path for something that is not part of the tree, private like the tree. */
  synchronized Path awayPath() throws IOException {
    if (away == null) {
      away = Files.createTempDirectory(root, ReservedNames.PREFIX + "away-");
    }
    return away.resolve(Integer.toString(given++));
  }

  /** Deletes the files that were given away. */
  void removeAway() throws IOException, InterruptedException {
    if (away != null) {
      new Removal(directories, Optional.empty()).remove(root.relativize(away));
    }
  }
}
