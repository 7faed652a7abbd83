package dev.stretcher.sync.internal.plan;

import dev.stretcher.sync.internal.directory.FileState;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A directory to plan: one of the staged tree, one of dest, or both under the same name.
 *
 * @param path relative to the root of the tree; empty for the root
 * @param staged the staged directory; empty if there is none
 * @param dest the directory in dest; empty if there is none
 */
record DirectoryPair(Path path, Optional<FileState> staged, Optional<FileState> dest) {}
