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
    List<Adjust> times = adjusts.stream().filter(Adjustments::isOnlyTime).toList();
    List<Adjust> others = adjusts.stream().filter(adjust -> !isOnlyTime(adjust)).toList();
    dest.in(
        directory,
        open -> {
          for (Adjust adjust : others) {
            adjust(open, adjust, () -> change(open, adjust.name(), adjust.staged()));
          }
          if (!times.isEmpty()) {
            // A build gives all files new times: the directory's descriptor is found but once.
            dest.pinned(open, here -> setTimes(open, here, times));
          }
        });
  }

  private static boolean isOnlyTime(Adjust adjust) {
    FileState staged = adjust.staged();
    FileState there = adjust.dest();
    return staged.kind() == Kind.FILE
        && staged.mode() == there.mode()
        && staged.uid() == there.uid()
        && staged.gid() == there.gid();
  }

  private void setTimes(OpenDirectory directory, Path here, List<Adjust> adjusts)
      throws IOException {
    for (Adjust adjust : adjusts) {
      adjust(
          directory,
          adjust,
          () -> Attributes.setTime(here.resolve(adjust.name()), adjust.staged().modified()));
    }
  }

  private void adjust(OpenDirectory directory, Adjust adjust, DestChanges.Step change)
      throws IOException {
    changes.naming(adjust.path(), () -> adjustNow(directory, adjust, change));
  }

  private void adjustNow(OpenDirectory directory, Adjust adjust, DestChanges.Step change)
      throws IOException {
    Optional<SeenFile> there = directory.look(adjust.name());
    if (!changes.confirm(adjust.path(), there, Optional.of(adjust.dest()))) {
      return;
    }
    try {
      change.run();
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
