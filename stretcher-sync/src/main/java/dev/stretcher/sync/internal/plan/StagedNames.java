package dev.stretcher.sync.internal.plan;

import dev.stretcher.spi.OmittedFiles;
import dev.stretcher.spi.OmittedFiles.OmittedFile;
import dev.stretcher.sync.internal.directory.DirectoryEntry;
import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.Kind;
import dev.stretcher.sync.internal.directory.Lister;
import dev.stretcher.sync.internal.directory.Relative;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The names of a staged tree: of the files in it, and of those that were left out. Immutable and
 * thread-safe.
 */
final class StagedNames {
  private final Path root;
  private final Lister lister;
  private final OmittedFiles omitted;

  StagedNames(Path root, Lister lister, OmittedFiles omitted) {
    this.root = root;
    this.lister = lister;
    this.omitted = omitted;
  }

  /** Returns the names in a directory, sorted. */
  List<DirectoryEntry> in(Path directory, FileState state) throws IOException {
    List<DirectoryEntry> entries = lister.list(root.resolve(directory), state);
    for (OmittedFile file : omitted.in(directory)) {
      entries.add(entry(file));
    }
    entries.sort(DirectoryEntry.BY_NAME);
    return entries;
  }

  /** Returns the entry of one path, if there is one. */
  Optional<DirectoryEntry> at(Path path) throws IOException {
    Path name = path.getFileName();
    Optional<FileState> there = FileState.readIfThere(root.resolve(path));
    return there.isPresent()
        ? there.map(state -> new DirectoryEntry(name, state))
        : omitted.in(Relative.parent(path)).stream()
            .filter(file -> file.name().equals(name))
            .map(StagedNames::entry)
            .findFirst();
  }

  private static DirectoryEntry entry(OmittedFile file) {
    Instant modified = file.modified();
    FileState state =
        new FileState(
            Kind.FILE,
            file.mode().bits(),
            file.size(),
            modified.getEpochSecond(),
            modified.getNano(),
            file.uid(),
            file.gid(),
            FileState.NO_LINKS,
            0);
    return new DirectoryEntry(file.name(), state);
  }
}
