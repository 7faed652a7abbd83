package dev.stretcher.sync.internal.plan;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.file.ReservedNames;
import dev.stretcher.spi.OmittedFiles;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.sync.internal.directory.Relative;
import dev.stretcher.sync.internal.filter.FilterRules;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * What is mounted in dest is not the deploy's to empty: it must be in the archive, with content, or
 * excluded. {@code rsync -a --delete} deletes all of it, and then fails since the mount point is
 * busy.
 */
public final class MountsInDest {
  private final Path staged;
  private final OmittedFiles omitted;
  private final FilterRules excludes;

  public MountsInDest(StagedTree tree, FilterRules excludes) {
    this.staged = tree.place().stable();
    this.omitted = tree.omitted();
    this.excludes = excludes;
  }

  /** Tells whether something is mounted in a directory; that it is a mount point does not count. */
  public static boolean isAny(PinnedPlace dest) throws IOException {
    return !dest.mountPoints().stream().allMatch(Relative::isRoot);
  }

  /** Refuses the sync before anything changes. */
  public void require(PinnedPlace dest) throws IOException {
    for (Path mount : dest.mountPoints()) {
      if (!Relative.isRoot(mount) && !stays(mount, dest.stable().resolve(mount))) {
        throw new FileSystemException(
            NativeText.text(dest.path().resolve(mount)),
            null,
            "it is a mount point in dest, and the archive has nothing there, so that all of its"
                + " content would be deleted; exclude it, or unmount it");
      }
    }
  }

  private boolean stays(Path mount, Path inDest) throws IOException {
    if (isKept(mount) || !Files.isDirectory(inDest, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    return isStaged(mount) && (hasContent(mount) || isKeptContent(mount, inDest));
  }

  /** Tells whether it, or a directory that it is in, is excluded or another deploy's. */
  private boolean isKept(Path path) {
    for (Path at = path; !Relative.isRoot(at); at = Relative.parent(at)) {
      if (excludes.excludes(at, true) || ReservedNames.isReserved(at.getFileName().toString())) {
        return true;
      }
    }
    return false;
  }

  private boolean isStaged(Path path) {
    for (Path at = path; !Relative.isRoot(at); at = Relative.parent(at)) {
      if (!Files.isDirectory(staged.resolve(at), LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
    }
    return true;
  }

  private boolean hasContent(Path directory) throws IOException {
    try (DirectoryStream<Path> names = Files.newDirectoryStream(staged.resolve(directory))) {
      return names.iterator().hasNext() || !omitted.in(directory).isEmpty();
    }
  }

  private boolean isKeptContent(Path directory, Path inDest) throws IOException {
    try (DirectoryStream<Path> names = Files.newDirectoryStream(inDest)) {
      for (Path path : names) {
        Path name = Relative.child(directory, path.getFileName());
        boolean isDirectory = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
        if (!excludes.excludes(name, isDirectory)
            && !ReservedNames.isReserved(path.getFileName().toString())) {
          return false;
        }
      }
      return true;
    }
  }
}
