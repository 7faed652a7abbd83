package dev.stretcher.sync.internal.plan;

import dev.stretcher.spi.OmittedFiles;
import dev.stretcher.spi.OmittedFiles.OmittedDirectory;
import dev.stretcher.spi.OmittedFiles.OmittedFile;
import dev.stretcher.sync.internal.directory.DirectoryEntry;
import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.Kind;
import dev.stretcher.sync.internal.directory.Lister;
import dev.stretcher.sync.internal.directory.Relative;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The names of a staged tree: of what is in it, and of what was left out. Immutable and
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
    List<DirectoryEntry> entries =
        state.isLeftOut() ? new ArrayList<>() : lister.list(root.resolve(directory), state);
    addLeftOut(directory, entries);
    entries.sort(DirectoryEntry.BY_NAME);
    return entries;
  }

  private void addLeftOut(Path directory, List<DirectoryEntry> entries) {
    for (OmittedFile file : omitted.in(directory)) {
      entries.add(entry(file));
    }
    for (OmittedDirectory each : omitted.directories(directory)) {
      entries.add(entry(each));
    }
  }

  /** Returns the entry of one path, if there is one. */
  Optional<DirectoryEntry> at(Path path) throws IOException {
    Path name = path.getFileName();
    Optional<FileState> there = FileState.readIfThere(root.resolve(path));
    if (there.isPresent()) {
      return there.map(state -> new DirectoryEntry(name, state));
    }
    List<DirectoryEntry> leftOut = new ArrayList<>();
    addLeftOut(Relative.parent(path), leftOut);
    return leftOut.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  private static DirectoryEntry entry(OmittedFile file) {
    FileState state =
        FileState.leftOut(
            Kind.FILE, file.mode(), file.size(), file.modified(), file.uid(), file.gid());
    return new DirectoryEntry(file.name(), state, file.digest());
  }

  private static DirectoryEntry entry(OmittedDirectory directory) {
    return new DirectoryEntry(
        directory.name(),
        FileState.leftOut(
            Kind.DIRECTORY,
            directory.mode(),
            0,
            directory.modified(),
            directory.uid(),
            directory.gid()));
  }
}
