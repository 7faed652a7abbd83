package dev.stretcher.sync.internal.release;

import dev.stretcher.sync.internal.journal.JournalEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out with which release a file is shared by a hard link: whoever changes such a file in
 * place changes both releases.
 *
 * @param releases the directory of all releases
 * @param entries those that are there
 */
record SharedInode(Path releases, List<JournalEntry> entries) {
  /** Says of the first of some files that is shared with whom it is. */
  Optional<String> explain(String id, List<Path> names) {
    for (Path name : names) {
      Object inode = inode(releases.resolve(id).resolve(name));
      for (JournalEntry each : entries) {
        boolean same =
            inode != null
                && !each.id().equals(id)
                && inode.equals(inode(releases.resolve(each.id()).resolve(name)));
        if (same) {
          return Optional.of(
              "%s is one file with that of release %s, by a hard link, and was probably changed in place there"
                  .formatted(Kept.shown(name), each.id()));
        }
      }
    }
    return Optional.empty();
  }

  private static @Nullable Object inode(Path path) {
    try {
      BasicFileAttributes found =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return found.isRegularFile() ? found.fileKey() : null;
    } catch (IOException e) {
      return null;
    }
  }
}
