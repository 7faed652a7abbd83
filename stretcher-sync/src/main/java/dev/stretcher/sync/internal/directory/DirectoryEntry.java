package dev.stretcher.sync.internal.directory;

import dev.stretcher.manifest.Digest;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

/**
 * A name in a directory and what it names.
 *
 * @param name one component
 * @param digest that of a file which was left out of the staged tree, if the archive says it
 */
public record DirectoryEntry(Path name, FileState state, Optional<Digest> digest) {
  public static final Comparator<DirectoryEntry> BY_NAME = (a, b) -> a.name().compareTo(b.name());

  public DirectoryEntry(Path name, FileState state) {
    this(name, state, Optional.empty());
  }
}
