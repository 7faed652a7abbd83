package dev.stretcher.sync.internal.apply;

import dev.stretcher.sync.internal.directory.Directories;
import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.Kind;
import dev.stretcher.sync.internal.directory.OpenDirectory;
import dev.stretcher.sync.internal.directory.Privilege;
import dev.stretcher.sync.internal.directory.SeenFile;
import dev.stretcher.sync.internal.plan.Operation.Adjust;
import dev.stretcher.sync.internal.plan.Operation.Put;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Changes the attributes of files, other than directories, whose content stays. Thread-safe. */
final class Adjustments {
  private final Directories dest;
  private final DestChanges changes;
  private final Attributes attributes;
  private final Queue<Put> impossible = new ConcurrentLinkedQueue<>();

  Adjustments(Privilege privilege, Directories dest, DestChanges changes) {
    this.dest = dest;
    this.changes = changes;
    this.attributes = new Attributes(privilege);
  }

  /**
   * Returns the staged files that have to replace those that could not be changed, for example
   * files of another user. That need not stop the sync, since their directory is ours.
   */
  List<Put> impossible() {
    return List.copyOf(impossible);
  }

  /** Changes attributes in one directory of dest. */
  void in(Path directory, List<Adjust> adjusts) throws IOException, InterruptedException {
    dest.in(
        directory,
        open -> {
          for (Adjust adjust : adjusts) {
            changes.naming(adjust.path(), () -> adjust(open, adjust));
          }
        });
  }

  private void adjust(OpenDirectory directory, Adjust adjust) throws IOException {
    Path name = adjust.name();
    Optional<SeenFile> there = directory.look(name);
    if (!changes.confirm(adjust.path(), there, Optional.of(adjust.dest()))) {
      return;
    }
    try {
      change(directory, name, adjust.staged());
    } catch (FileSystemException e) {
      impossible.add(
          new Put(
              adjust.directory(),
              adjust.name(),
              adjust.staged(),
              Optional.of(adjust.dest()),
              Optional.empty(),
              false));
    }
  }

  private void change(OpenDirectory directory, Path name, FileState wanted) throws IOException {
    if (wanted.kind() == Kind.FILE) {
      dest.pinned(directory, name, file -> attributes.adjust(file, wanted));
    } else {
      dest.pinned(directory, here -> attributes.adjustOwner(here.resolve(name), wanted));
    }
  }
}
