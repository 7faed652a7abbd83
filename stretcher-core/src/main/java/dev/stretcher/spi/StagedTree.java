package dev.stretcher.spi;

import java.nio.file.Path;

/**
 * An archive, verified and unpacked into a private directory.
 *
 * <p>The directory belongs to this sync: the syncer may move or change what is in it. The engine
 * removes what is left.
 *
 * @param root the directory, which stands for the archive's root and has the mode that dest gets
 * @param omitted the files that are missing in it; none unless {@link Syncer#needed} said so
 */
public record StagedTree(Path root, OmittedFiles omitted) {
  /** Creates a tree that is complete. */
  public StagedTree(Path root) {
    this(root, OmittedFiles.NONE);
  }
}
