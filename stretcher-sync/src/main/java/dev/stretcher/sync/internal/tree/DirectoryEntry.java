package dev.stretcher.sync.internal.tree;

import java.nio.file.Path;
import java.util.Comparator;

/**
 * A name in a directory and what it names.
 *
 * @param name one component
 */
record DirectoryEntry(Path name, FileState state) {
  static final Comparator<DirectoryEntry> BY_NAME = Comparator.comparing(DirectoryEntry::name);
}
