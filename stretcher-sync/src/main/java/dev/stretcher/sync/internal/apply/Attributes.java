package dev.stretcher.sync.internal.apply;

import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.Privilege;
import dev.stretcher.sync.internal.directory.Relative;
import dev.stretcher.sync.internal.plan.TreePlan;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Sets the attributes of files by paths that lead to them and nothing else. */
public final class Attributes {
  /** What the system says of a file of another user, and of an owner that it does not have. */
  private static final List<String> NOT_OURS =
      List.of("permission denied", "Operation not permitted", "Invalid argument");

  private static final String REMEDY =
      "; deploy as the user who owns it, or as root with the capabilities CAP_CHOWN and CAP_FOWNER";

  private final Privilege privilege;

  public Attributes(Privilege privilege) {
    this.privilege = privilege;
  }

  /** Gives the directories that were opened to be listed their modes back, the deepest first. */
  public void closeAgain(Path root, TreePlan plan) throws IOException {
    for (Path path : plan.opened().keySet().stream().sorted(Relative.DEEPEST_FIRST).toList()) {
      FileState staged = Objects.requireNonNull(plan.opened().get(path));
      if (!staged.isLeftOut()) {
        Files.setAttribute(root.resolve(path), "unix:mode", staged.mode());
      }
    }
  }

  /**
   * Makes a directory or a regular file look like a staged one.
   *
   * @param path is followed if it is a link, such as that of a descriptor
   */
  public void adjust(Path path, FileState wanted) throws IOException {
    FileState now = FileState.readThrough(path);
    setOwner(path, wanted, now);
    if (!wanted.modified().equals(now.modified())) {
      naming(
          "modification time",
          () -> Files.setLastModifiedTime(path, FileTime.from(wanted.modified())));
    }
    // Last: a mode may take away what the other calls need, and a new owner takes setuid away.
    if (FileState.readThrough(path).mode() != wanted.mode()) {
      naming("mode", () -> Files.setAttribute(path, "unix:mode", wanted.mode()));
    }
  }

  /** Runs a call that sets an attribute; a failure says which one. */
  private static void naming(String attribute, DestChanges.Step set) throws IOException {
    try {
      set.run();
    } catch (FileSystemException e) {
      throw notSet(attribute, e);
    }
  }

  /** Returns a failure that says which attribute could not be set. */
  static FileSystemException notSet(String attribute, FileSystemException e) {
    String reason = e instanceof AccessDeniedException ? "permission denied" : e.getReason();
    FileSystemException named =
        new FileSystemException(
            e.getFile(),
            null,
            "its %s cannot be set: %s%s"
                .formatted(attribute, reason, NOT_OURS.contains(reason) ? REMEDY : ""));
    named.initCause(e);
    return named;
  }

  /** Changes the owner of a file that must not be opened, such as a symbolic link. */
  void adjustOwner(Path path, FileState wanted) throws IOException {
    setOwner(path, wanted, FileState.read(path), LinkOption.NOFOLLOW_LINKS);
  }

  private void setOwner(Path path, FileState wanted, FileState now, LinkOption... links)
      throws IOException {
    if (privilege == Privilege.ROOT && wanted.uid() != now.uid()) {
      naming("owner", () -> Files.setAttribute(path, "unix:uid", wanted.uid(), links));
    }
    if (wanted.gid() != now.gid()) {
      setGroup(path, wanted.gid(), links);
    }
  }

  /** A normal user may give a file to their own groups only; rsync does not try others. */
  private void setGroup(Path path, int gid, LinkOption... links) throws IOException {
    try {
      naming("group", () -> Files.setAttribute(path, "unix:gid", gid, links));
    } catch (FileSystemException e) {
      if (privilege == Privilege.ROOT) {
        throw e;
      }
    }
  }

  /** Gives a directory back the mode and the time that it had before its content changed. */
  public static void restore(Path directory, FileState before) throws IOException {
    setTime(directory, before.modified());
    Files.setAttribute(directory, "unix:mode", before.mode());
  }

  /** Sets the modification time; of a symbolic link, the time of the link itself. */
  public static void setTime(Path path, Instant modified) throws IOException {
    Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setTimes(FileTime.from(modified), null, null);
  }
}
