package dev.stretcher.sync.internal.tree;

import java.nio.file.Path;

/**
 * A name in a directory and what it names.
 *
 * @param name one component
 */
record DirectoryEntry(Path name, FileState state) {}
