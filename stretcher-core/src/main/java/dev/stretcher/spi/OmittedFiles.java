package dev.stretcher.spi;

import dev.stretcher.manifest.Digest;
import dev.stretcher.manifest.FileMode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What of an archive is not in the staged tree, because {@link Syncer#needed} said that dest has
 * it: regular files, and directories in which nothing is staged. A hard link to an omitted file is
 * omitted as well.
 *
 * <p>{@link #in} and {@link #directories} are thread-safe, except while {@link #stage} runs.
 */
public interface OmittedFiles {
  /** Nothing: the tree is complete. */
  OmittedFiles NONE =
      new OmittedFiles() {
        @Override
        public boolean isEmpty() {
          return true;
        }

        @Override
        public Collection<OmittedFile> in(Path directory) {
          return List.of();
        }

        @Override
        public void stage(Collection<Path> files) {
          // There are none.
        }

        @Override
        public void stageAll() {
          // There are none.
        }
      };

  /**
   * A regular file of an archive whose content was not staged, with the attributes that it would
   * have.
   *
   * @param name its name in its directory
   * @param mode its permission bits
   * @param size the bytes of its content
   * @param modified when its content was modified, to the nanosecond if the archive says so
   * @param uid its owner
   * @param gid its group
   * @param digest the SHA-256 of its content, if the archive has a table of contents that says so
   */
  record OmittedFile(
      Path name,
      FileMode mode,
      long size,
      Instant modified,
      int uid,
      int gid,
      Optional<Digest> digest) {
    /** Creates a file of an archive that does not say the digests of its contents. */
    public OmittedFile(Path name, FileMode mode, long size, Instant modified, int uid, int gid) {
      this(name, mode, size, modified, uid, gid, Optional.empty());
    }
  }

  /**
   * A directory of an archive that was not staged, with the attributes that it would have.
   *
   * @param name its name in its directory
   * @param mode its permission bits
   * @param modified when it was modified, to the nanosecond if the archive says so
   * @param uid its owner
   * @param gid its group
   */
  record OmittedDirectory(Path name, FileMode mode, Instant modified, int uid, int gid) {}

  /** Tells whether the tree is complete. */
  boolean isEmpty();

  /**
   * Returns the omitted files of one directory, in no particular order.
   *
   * @param directory relative to the root of the tree; empty for the root
   */
  Collection<OmittedFile> in(Path directory);

  /**
   * Returns the omitted directories of one directory, in no particular order. The default is none.
   *
   * @param directory relative to the root of the tree; empty for the root
   */
  default Collection<OmittedDirectory> directories(Path directory) {
    return List.of();
  }

  /**
   * Stages some files and directories after all: they are then in the tree, each file with a
   * content of its own, and no longer omitted; and so are the directories that they lie in. Each
   * call reads the archive once more, however many files it stages; call it once for all files that
   * are needed. The attributes of directories that are staged already stay as they are.
   *
   * @param files relative to the root of the tree, also directories, which are staged without what
   *     is in them; what is not omitted is ignored
   * @throws IOException if the archive cannot be read, or a content cannot be written
   * @throws InterruptedException if the thread was interrupted
   */
  void stage(Collection<Path> files) throws IOException, InterruptedException;

  /**
   * Stages all that was omitted, as {@link #stage} does; the tree is complete then.
   *
   * @throws IOException if the archive cannot be read, or a content cannot be written
   * @throws InterruptedException if the thread was interrupted
   */
  void stageAll() throws IOException, InterruptedException;
}
