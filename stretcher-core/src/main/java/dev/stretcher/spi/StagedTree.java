package dev.stretcher.spi;

import java.nio.file.Path;

/**
 * An archive, verified and unpacked into a private directory.
 *
 * <p>The directory belongs to this sync: the syncer may move or change what is in it. The engine
 * removes what is left.
 *
 * @param root the directory, which stands for the archive's root and has the mode that dest gets
 */
public record StagedTree(Path root) {}
