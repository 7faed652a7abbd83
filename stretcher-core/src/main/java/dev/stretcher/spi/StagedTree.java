package dev.stretcher.spi;

import dev.stretcher.file.PinnedPlace;
import java.nio.file.Path;

/**
 * An archive, verified and unpacked into a private directory.
 *
 * <p>The directory belongs to this sync: the syncer may move or change what is in it. The engine
 * removes what is left.
 *
 * <p>A command, or a user who may write in the directory above, can put a link or another directory
 * in its place. The engine looks at it just before it calls a syncer. A syncer makes sure that it
 * uses this directory in one of these ways: {@link PinnedPlace#moveTo} to rename it as a whole,
 * {@link PinnedPlace#stable} as the path to read from and to rename from, or at least {@link
 * PinnedPlace#requireSame} right before it uses {@link #root}.
 *
 * @param place the directory; it is the archive's root, has the mode that dest gets, and is held by
 *     the engine during a sync
 * @param omitted the files that are missing in it; none unless {@link Syncer#needed} excluded some
 */
public record StagedTree(PinnedPlace place, OmittedFiles omitted) {
  /**
   * Creates a tree of the directory that is at a path now, without holding the directory.
   *
   * @param omitted the files that are missing in it
   */
  public StagedTree(Path root, OmittedFiles omitted) {
    this(PinnedPlace.look(root), omitted);
  }

  /** Creates a tree that is complete, of the directory that is at a path now. */
  public StagedTree(Path root) {
    this(root, OmittedFiles.NONE);
  }

  /** Returns the path of the directory. */
  public Path root() {
    return place.path();
  }
}
