package dev.stretcher.internal.release;

import dev.stretcher.spi.ContentFilter;
import dev.stretcher.spi.Entry;
import dev.stretcher.spi.EntryType;
import dev.stretcher.spi.OmittedFiles.OmittedDirectory;
import dev.stretcher.spi.OmittedFiles.OmittedFile;
import dev.stretcher.spi.StagedTree;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * How many regular files a tree has, and how many of them the live release has already.
 *
 * @param all how many files
 * @param unchanged how many of them a syncer does not need
 */
record FileCount(long all, long unchanged) {
  private static final Path ROOT = Path.of("");

  /**
   * Counts.
   *
   * @param needed what the syncer needs; a plan leaves out more than that
   */
  static FileCount of(StagedTree tree, ContentFilter needed) throws IOException {
    long all = 0;
    long unchanged = 0;
    Deque<Path> directories = new ArrayDeque<>(List.of(ROOT));
    while (!directories.isEmpty()) {
      Path directory = directories.pop();
      all += staged(tree.place().stable().resolve(directory), directory, directories);
      for (OmittedDirectory omitted : tree.omitted().directories(directory)) {
        directories.push(directory.resolve(omitted.name()));
      }
      for (OmittedFile omitted : tree.omitted().in(directory)) {
        all++;
        unchanged += needed.needs(entry(directory, omitted)) ? 0 : 1;
      }
    }
    return new FileCount(all, unchanged);
  }

  private static long staged(Path path, Path directory, Deque<Path> directories)
      throws IOException {
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return 0;
    }
    long files = 0;
    try (DirectoryStream<Path> names = Files.newDirectoryStream(path)) {
      for (Path name : names) {
        if (Files.isDirectory(name, LinkOption.NOFOLLOW_LINKS)) {
          directories.push(directory.resolve(name.getFileName()));
        } else if (Files.isRegularFile(name, LinkOption.NOFOLLOW_LINKS)) {
          files++;
        }
      }
    }
    return files;
  }

  private static Entry entry(Path directory, OmittedFile file) {
    return new Entry(
        directory.resolve(file.name()),
        EntryType.FILE,
        file.mode(),
        file.size(),
        file.modified(),
        Optional.empty(),
        file.digest());
  }
}
