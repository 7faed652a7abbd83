package dev.stretcher.internal.unpack;

import dev.stretcher.internal.omit.Omissions;
import dev.stretcher.internal.tar.ArchiveException;
import dev.stretcher.internal.tar.Entries;
import dev.stretcher.spi.ContentFilter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Unpacks archives with the semantics of GNU tar: modes, modification times, links, owners, holes.
 *
 * <p>It is stricter with what a deploy must not do: an archive with an absolute name, with {@code
 * ..}, or that writes through a symbolic link is refused. Stateless and thread-safe.
 */
public final class Extractor {
  private Extractor() {}

  /**
   * Unpacks an archive.
   *
   * <p>After a failure the directory holds what was unpacked so far.
   *
   * @param root an empty directory that no one else writes to
   * @param needed says which files are unpacked with their contents; the others are left out
   * @throws ArchiveException if the archive is bad
   * @throws IOException if it cannot be read, or its contents cannot be written
   * @throws InterruptedException if the thread is interrupted
   */
  public static ExtractionReport extract(
      Entries entries, Path root, ExtractOptions options, ContentFilter needed)
      throws IOException, InterruptedException {
    return new Extraction(entries, root.toAbsolutePath(), options, needed).run();
  }

  /**
   * Makes directories that {@link #extract} left out. They are no longer among the omissions
   * afterwards.
   *
   * @param root the same directory
   * @param wanted what {@link Omissions#directoriesOf} has returned
   * @throws IOException if one cannot be made
   * @throws InterruptedException if the thread is interrupted
   */
  public static void makeDirectories(Path root, Omissions omissions, Set<Path> wanted)
      throws IOException, InterruptedException {
    LateDirectories directories = new LateDirectories(root.toAbsolutePath());
    try {
      for (Path path : wanted) {
        directories.make(path, omissions.directory(path));
        omissions.removeDirectory(path);
      }
    } finally {
      directories.finish();
    }
  }

  /**
   * Unpacks files that {@link #extract} left out, and reads no further than it must. They are no
   * longer among the omissions afterwards.
   *
   * @param entries those of the same archive once more
   * @param root the same directory
   * @param wanted some of {@link Omissions#byEntry}; the directories that they are in exist
   */
  public static Omissions complete(
      Entries entries,
      Path root,
      ExtractOptions options,
      Omissions omissions,
      Map<Integer, List<Path>> wanted)
      throws IOException, InterruptedException {
    new Completion(entries, root.toAbsolutePath(), options).run(wanted);
    wanted.values().forEach(paths -> paths.forEach(omissions::remove));
    return omissions;
  }
}
