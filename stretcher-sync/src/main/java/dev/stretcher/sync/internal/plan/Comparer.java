package dev.stretcher.sync.internal.plan;

import dev.stretcher.manifest.Comparison;
import dev.stretcher.manifest.Digest;
import dev.stretcher.spi.SyncTarget.KnownContents;
import dev.stretcher.sync.internal.directory.DirectoryEntry;
import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.Kind;
import dev.stretcher.sync.internal.directory.Privilege;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Tells whether a file in dest is already like the one of the archive: as {@code rsync -a} decides
 * it, unless it is known what dest has. Immutable and thread-safe.
 */
public final class Comparer {
  private static final long LAST_SECOND = Long.MAX_VALUE / 1_000_000_000;

  private final Comparison comparison;
  private final Privilege privilege;
  private final KnownContents known;

  public Comparer(Comparison comparison, Privilege privilege, KnownContents known) {
    this.comparison = comparison;
    this.privilege = privilege;
    this.known = known;
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

  /**
   * Tells whether both are of one kind and have one content, whatever their attributes are.
   *
   * @param path of both, relative to the root of the tree
   * @param staged which may have been left out
   */
  Content content(Path path, DirectoryEntry staged, FileState there) {
    FileState ours = staged.state();
    if (ours.kind() != there.kind()) {
      return Content.DIFFERENT;
    }
    return switch (ours.kind()) {
      case FILE -> fileContent(path, staged, there);
      case SYMLINK -> Content.UNKNOWN;
      case CHARACTER_DEVICE, BLOCK_DEVICE -> Content.of(ours.device() == there.device());
      case DIRECTORY, FIFO, SOCKET -> Content.SAME;
    };
  }

  private Content fileContent(Path path, DirectoryEntry staged, FileState there) {
    if (staged.state().size() != there.size()) {
      return Content.DIFFERENT;
    }
    if (comparison == Comparison.CHECKSUM) {
      return Content.UNKNOWN;
    }
    boolean alike = staged.state().hasSecondOf(there);
    Optional<Digest> digest = known.digest(path, there.size(), there.modified());
    if (digest.isEmpty()) {
      return Content.of(alike);
    }
    if (!staged.state().isLeftOut()) {
      // It may be here just because its content is another one.
      return alike ? Content.UNKNOWN : Content.DIFFERENT;
    }
    return staged.digest().isEmpty()
        ? Content.of(alike)
        : Content.of(
            staged.digest().equals(digest) && (alike || mayGetTime(staged.state(), there)));
  }

  /**
   * A time is that of all names of a file: two of the archive cannot share one in dest. And the JDK
   * turns a time before 1970 that has a fraction into 1970, and one after 2262 into 2262.
   */
  private static boolean mayGetTime(FileState staged, FileState there) {
    return there.links() == 1 && staged.second() >= 0 && staged.second() < LAST_SECOND;
  }

  /** Tells whether rsync would write the content, which is there, once more. */
  boolean wouldBeWritten(FileState staged, FileState there) {
    return comparison == Comparison.QUICK
        && staged.kind() == Kind.FILE
        && !staged.hasSecondOf(there);
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
    return staged.kind() == Kind.FILE
        ? sameTime(staged, there) || mayGetTime(staged, there)
        : onlyOwner && survives;
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
