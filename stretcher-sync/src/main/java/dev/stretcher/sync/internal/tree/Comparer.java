package dev.stretcher.sync.internal.tree;

import dev.stretcher.manifest.Comparison;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells whether what is in dest is already what was staged, as {@code rsync -a} decides it.
 * Immutable and thread-safe.
 */
final class Comparer {
  private final Comparison comparison;
  private final Privilege privilege;

  Comparer(Comparison comparison, Privilege privilege) {
    this.comparison = comparison;
    this.privilege = privilege;
  }

  /**
   * A file in the staged tree or in dest.
   *
   * @param path where it can be read
   */
  record File(Path path, FileState state) {}

  /** Tells whether both are of one kind and, whatever their attributes are, have one content. */
  boolean sameContent(File staged, File there) throws IOException {
    return staged.state().kind() == there.state().kind() && compareContent(staged, there);
  }

  /** Compares times by the second, like rsync without {@code --modify-window=-1}. */
  boolean sameAttributes(FileState staged, FileState there) {
    return sameMode(staged, there) && sameOwner(staged, there) && sameTime(staged, there);
  }

  private static boolean sameMode(FileState staged, FileState there) {
    return staged.mode() == there.mode() || staged.kind() == Kind.SYMLINK;
  }

  /**
   * Tells whether attributes that differ can be changed without touching the content. Nothing but
   * the owner can of what must not be opened, and that takes setuid and setgid away.
   */
  boolean isAdjustable(FileState staged, FileState there) {
    boolean onlyOwner = sameMode(staged, there) && sameTime(staged, there);
    boolean survives = staged.kind() == Kind.SYMLINK || (staged.mode() & FileState.SET_ID) == 0;
    return staged.kind() == Kind.FILE || (onlyOwner && survives);
  }

  /** Returns what {@code there} is to look like: a time that counts as the same stays. */
  FileState wanted(FileState staged, FileState there) {
    return sameTime(staged, there) ? staged.keepingSecondOf(there) : staged;
  }

  private boolean sameOwner(FileState staged, FileState there) {
    return staged.gid() == there.gid()
        && (privilege == Privilege.NORMAL || staged.uid() == there.uid());
  }

  private boolean sameTime(FileState staged, FileState there) {
    return comparison == Comparison.CHECKSUM && staged.kind() == Kind.FILE
        ? staged.modified().equals(there.modified())
        : staged.hasSecondOf(there);
  }

  private boolean compareContent(File staged, File there) throws IOException {
    return switch (staged.state().kind()) {
      case FILE -> sameBytes(staged, there);
      case SYMLINK ->
          Files.readSymbolicLink(staged.path()).equals(Files.readSymbolicLink(there.path()));
      case CHARACTER_DEVICE, BLOCK_DEVICE -> staged.state().device() == there.state().device();
      case DIRECTORY, FIFO, SOCKET -> true;
    };
  }

  private boolean sameBytes(File staged, File there) throws IOException {
    if (staged.state().size() != there.state().size()) {
      return false;
    }
    if (comparison == Comparison.QUICK) {
      return staged.state().hasSecondOf(there.state());
    }
    try {
      return Files.mismatch(staged.path(), there.path()) < 0;
    } catch (AccessDeniedException e) {
      // What cannot be read is replaced.
      return false;
    }
  }
}
