package dev.stretcher.sync.internal.directory;

import java.nio.file.Path;
import java.util.Comparator;

/**
 * A name in a directory and what it names.
 *
 * @param name one component
 */
public record DirectoryEntry(Path name, FileState state) {
  public static final Comparator<DirectoryEntry> BY_NAME = (a, b) -> a.name().compareTo(b.name());
}
