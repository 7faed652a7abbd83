package dev.stretcher.sync.internal.plan;

import dev.stretcher.manifest.Comparison;
import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.Kind;
import dev.stretcher.sync.internal.directory.Privilege;

/**
 * Tells whether a file in dest is already like the staged one, as {@code rsync -a} decides it.
 * Immutable and thread-safe.
 */
public final class Comparer {
  private final Comparison comparison;
  private final Privilege privilege;

  public Comparer(Comparison comparison, Privilege privilege) {
    this.comparison = comparison;
    this.privilege = privilege;
  }

  /** What two states say of the contents. */
  enum Content {
    SAME,
    DIFFERENT,
    /** The states say nothing: only the contents tell. */
    UNKNOWN;

    private static Content of(boolean same) {
      return same ? SAME : DIFFERENT;
    }
  }

  /** Tells whether both are of one kind and have one content, whatever their attributes are. */
  Content content(FileState staged, FileState there) {
    if (staged.kind() != there.kind()) {
      return Content.DIFFERENT;
    }
    return switch (staged.kind()) {
      case FILE -> fileContent(staged, there);
      case SYMLINK -> Content.UNKNOWN;
      case CHARACTER_DEVICE, BLOCK_DEVICE -> Content.of(staged.device() == there.device());
      case DIRECTORY, FIFO, SOCKET -> Content.SAME;
    };
  }

  private Content fileContent(FileState staged, FileState there) {
    if (staged.size() != there.size()) {
      return Content.DIFFERENT;
    }
    return comparison == Comparison.CHECKSUM
        ? Content.UNKNOWN
        : Content.of(staged.hasSecondOf(there));
  }

  /** Compares times by the second, like rsync without {@code --modify-window=-1}. */
  boolean sameAttributes(FileState staged, FileState there) {
    return sameMode(staged, there) && sameOwner(staged, there) && sameTime(staged, there);
  }

  private static boolean sameMode(FileState staged, FileState there) {
    return staged.mode() == there.mode() || staged.kind() == Kind.SYMLINK;
  }

  /**
   * Tells whether differing attributes can be changed without touching the content. Of a file that
   * must not be opened, only the owner can be changed, and that clears setuid and setgid.
   */
  boolean isAdjustable(FileState staged, FileState there) {
    boolean onlyOwner = sameMode(staged, there) && sameTime(staged, there);
    boolean survives = staged.kind() == Kind.SYMLINK || (staged.mode() & FileState.SET_ID) == 0;
    return staged.kind() == Kind.FILE || (onlyOwner && survives);
  }

  /** Returns the final state of {@code there}: a time that counts as the same stays. */
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
}
