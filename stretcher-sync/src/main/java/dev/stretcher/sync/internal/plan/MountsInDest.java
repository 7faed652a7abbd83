package dev.stretcher.sync.internal.plan;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.file.ReservedNames;
import dev.stretcher.spi.OmittedFiles;
import dev.stretcher.spi.OmittedFiles.OmittedDirectory;
import dev.stretcher.spi.OmittedFiles.OmittedFile;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.sync.internal.directory.DirectoryEntry;
import dev.stretcher.sync.internal.directory.FileState;
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
 * Refuses a sync that would empty a file system mounted in dest. The mount point must be in the
 * archive, with content, or excluded; a mounted file cannot be replaced. {@code rsync -a --delete}
 * would delete all files in it, and then fail since the mount point is busy.
 */
public final class MountsInDest {
  private final Path staged;
  private final OmittedFiles omitted;
  private final FilterRules excludes;
  private final Comparer comparer;

  public MountsInDest(StagedTree tree, FilterRules excludes, Comparer comparer) {
    this.comparer = comparer;
    this.staged = tree.place().stable();
    this.omitted = tree.omitted();
    this.excludes = excludes;
  }

  /** Tells whether something is mounted below a directory, which may itself be a mount point. */
  public static boolean isAny(PinnedPlace dest) throws IOException {
    return !dest.mountPoints().stream().allMatch(Relative::isRoot);
  }

  /** Refuses the sync before anything changes. */
  public void require(PinnedPlace dest) throws IOException {
    for (Path mount : dest.mountPoints()) {
      if (!Relative.isRoot(mount)) {
        require(mount, dest.stable().resolve(mount), dest.path().resolve(mount));
      }
    }
  }

  private void require(Path mount, Path inDest, Path shown) throws IOException {
    boolean isDirectory = Files.isDirectory(inDest, LinkOption.NOFOLLOW_LINKS);
    if (isKept(mount, isDirectory)) {
      return;
    }
    if (isDirectory && !stays(mount, inDest)) {
      throw refusal(
          shown,
          "it is a mount point in dest, and the archive has nothing there, so that all of its"
              + " content would be deleted");
    }
    if (!isDirectory && !staysFile(mount, inDest)) {
      throw refusal(
          shown,
          "it is a file that is mounted in dest, and the archive has another one there or none:"
              + " what is mounted can be neither replaced nor deleted");
    }
  }

  private static FileSystemException refusal(Path shown, String reason) {
    return new FileSystemException(
        NativeText.text(shown), null, reason + "; exclude it, or unmount it");
  }

  private boolean stays(Path mount, Path inDest) throws IOException {
    return isStaged(mount) && (hasContent(mount) || isKeptContent(mount, inDest));
  }

  /** Tells whether a sync has nothing to do with the content of a file. */
  private boolean staysFile(Path mount, Path inDest) throws IOException {
    Path directory = Relative.parent(mount);
    for (OmittedFile each : omitted.in(directory)) {
      if (each.name().equals(mount.getFileName())) {
        return true;
      }
    }
    Path file = staged.resolve(mount);
    if (!isStaged(directory) || Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    DirectoryEntry found = new DirectoryEntry(mount.getFileName(), FileState.read(file));
    return switch (comparer.content(mount, found, FileState.read(inDest))) {
      case SAME -> true;
      case DIFFERENT -> false;
      case UNKNOWN -> Files.mismatch(file, inDest) < 0;
    };
  }

  /** Tells whether a path, or a directory above it, is excluded or belongs to another deploy. */
  private boolean isKept(Path path, boolean isDirectory) {
    for (Path at = path; !Relative.isRoot(at); at = Relative.parent(at)) {
      if (excludes.excludes(at, isDirectory || at != path)
          || ReservedNames.isReserved(at.getFileName().toString())) {
        return true;
      }
    }
    return false;
  }

  private boolean isStaged(Path path) {
    for (Path at = path; !Relative.isRoot(at); at = Relative.parent(at)) {
      if (!Files.isDirectory(staged.resolve(at), LinkOption.NOFOLLOW_LINKS) && !isLeftOut(at)) {
        return false;
      }
    }
    return true;
  }

  private boolean isLeftOut(Path directory) {
    for (OmittedDirectory each : omitted.directories(Relative.parent(directory))) {
      if (each.name().equals(directory.getFileName())) {
        return true;
      }
    }
    return false;
  }

  private boolean hasContent(Path directory) throws IOException {
    if (!omitted.in(directory).isEmpty() || !omitted.directories(directory).isEmpty()) {
      return true;
    }
    if (isLeftOut(directory)) {
      return false;
    }
    try (DirectoryStream<Path> names = Files.newDirectoryStream(staged.resolve(directory))) {
      return names.iterator().hasNext();
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
