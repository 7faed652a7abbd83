package dev.stretcher.internal.unpack;

import dev.stretcher.internal.tar.ArchiveException;
import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells a name that the archive has twice from two names that are one to the file system, because
 * it does not distinguish case or the composition of Unicode characters.
 */
final class NameFolding {
  private static final String COMPOSED = ".stretcher-\u00e4";
  private static final String OTHER_CASE = ".STRETCHER-\u00c4";
  private static final String DECOMPOSED = ".stretcher-a\u0308";

  private final Path root;
  private @Nullable Boolean folds;

  NameFolding(Path root) {
    this.root = root;
  }

  /** Refuses an entry whose name is taken by one that is spelled in another way. */
  void requireSameSpelling(TarEntry entry, Path target) throws IOException {
    if (folds() && !isListed(target)) {
      throw ArchiveException.in(
          entry,
          "another entry has this name in another spelling, and the file system there does not"
              + " distinguish the two; rename one of them, or deploy to another file system");
    }
  }

  /** Tells whether two spellings may be one name. */
  boolean folds() throws IOException {
    if (folds == null) {
      folds = probe();
    }
    return folds;
  }

  private boolean probe() throws IOException {
    Path probe = Files.createFile(root.resolve(NativeText.path(COMPOSED)));
    try {
      return exists(OTHER_CASE) || exists(DECOMPOSED);
    } finally {
      Files.delete(probe);
    }
  }

  private boolean exists(String name) {
    return Files.exists(root.resolve(NativeText.path(name)), LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isListed(Path target) throws IOException {
    try (DirectoryStream<Path> names =
        Files.newDirectoryStream(Objects.requireNonNull(target.getParent()))) {
      for (Path name : names) {
        if (name.equals(target)) {
          return true;
        }
      }
      return false;
    }
  }
}
