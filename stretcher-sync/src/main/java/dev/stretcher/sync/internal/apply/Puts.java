package dev.stretcher.sync.internal.apply;

import dev.stretcher.file.ReservedNames;
import dev.stretcher.process.Interrupts;
import dev.stretcher.sync.internal.directory.Directories;
import dev.stretcher.sync.internal.directory.OpenDirectory;
import dev.stretcher.sync.internal.directory.Relative;
import dev.stretcher.sync.internal.directory.SeenFile;
import dev.stretcher.sync.internal.plan.Operation.Put;
import dev.stretcher.sync.internal.plan.PlanAssembly;
import dev.stretcher.sync.internal.plan.TreeContext;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Puts staged files into their places in dest. Thread-safe. */
final class Puts {
  private final TreeContext context;
  private final Directories dest;
  private final Staging staging;
  private final Removal removal;
  private final DestChanges changes;
  private final CrossDevice crossDevice;

  Puts(TreeContext context, Directories dest, Staging staging, DestChanges changes) {
    this.context = context;
    this.dest = dest;
    this.staging = staging;
    this.removal = new Removal(dest, Optional.of(context.excludes()));
    this.changes = changes;
    this.crossDevice = new CrossDevice(context.staged().stable());
  }

  /** Puts files into one directory of dest. */
  void into(Path directory, List<Put> puts) throws IOException, InterruptedException {
    staging.in(directory, from -> dest.in(directory, to -> into(from, to, puts)));
  }

  private void into(OpenDirectory staged, OpenDirectory directory, List<Put> puts)
      throws IOException, InterruptedException {
    for (Put put : puts) {
      Interrupts.requireNone();
      changes.naming(put.path(), () -> put(staged, directory, put));
    }
  }

  private void put(OpenDirectory staged, OpenDirectory directory, Put put) throws IOException {
    Path name = put.name();
    Optional<SeenFile> there = directory.look(name);
    if (!changes.confirm(put.path(), there, put.dest())) {
      return;
    }
    boolean inTheWay = there.isPresent() && there.get().directory() != put.staged().isDirectory();
    if (inTheWay) {
      replace(staged, directory, put);
    } else {
      take(staged, directory, put.path());
    }
  }

  /** No rename puts a directory in the place of a file, or the other way round. */
  private void replace(OpenDirectory staged, OpenDirectory directory, Put put) throws IOException {
    // What is excluded may have appeared in a directory since the plan, and must not go with it.
    if (context.excludes().isEmpty() && swap(staged, directory, put)) {
      return;
    }
    if (!removal.remove(directory, put.path())) {
      throw PlanAssembly.inTheWay(put.path());
    }
    take(staged, directory, put.path());
  }

  /**
   * Renames what is in the way and then the staged file, so that the name is absent only between
   * the two renames.
   *
   * @return false if the file system does not allow the first rename; nothing was changed then
   */
  private boolean swap(OpenDirectory staged, OpenDirectory directory, Put put) throws IOException {
    Path name = put.name();
    Path away = staging.awayPath();
    try {
      directory.give(name, away);
    } catch (AtomicMoveNotSupportedException e) {
      return false;
    }
    try {
      take(staged, directory, put.path());
      return true;
    } catch (IOException e) {
      directory.takeBack(away, name);
      throw e;
    }
  }

  private void take(OpenDirectory staged, OpenDirectory directory, Path path) throws IOException {
    Path name = path.getFileName();
    try {
      directory.take(staged, name);
    } catch (AtomicMoveNotSupportedException e) {
      Path file = context.staged().stable().resolve(path);
      Path copy = Path.of(ReservedNames.PREFIX + UUID.randomUUID());
      try {
        dest.pinned(directory, here -> crossDevice.copy(file, here.resolve(copy)));
        directory.rename(copy, name);
      } finally {
        removal.remove(directory, Relative.parent(path).resolve(copy));
      }
    }
  }
}
