package dev.stretcher.sync.internal.reuse;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.process.Interrupts;
import dev.stretcher.spi.OmittedFiles;
import dev.stretcher.spi.OmittedFiles.OmittedFile;
import dev.stretcher.sync.internal.apply.Attributes;
import dev.stretcher.sync.internal.directory.DirectoryEntry;
import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.Lister;
import dev.stretcher.sync.internal.directory.Privilege;
import dev.stretcher.sync.internal.directory.Relative;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Brings what was left out of a staged tree into it from the live release.
 *
 * @param staged the tree, which is held
 * @param live the directory of the live release, which is held
 */
public record Completion(
    PinnedPlace staged, OmittedFiles omitted, PinnedPlace live, Unchanged unchanged) {
  /** The directories of a tree that miss files, with their states. */
  private record Missing(Path directory, FileState state, Collection<OmittedFile> files) {}

  /** Brings all of it; what the live release does not have any more comes from the archive. */
  public void complete(Reflink reflink) throws IOException, InterruptedException {
    List<Missing> missing = missing();
    open(missing);
    TrustedDirectories trusted = new TrustedDirectories(live.stable());
    LiveFiles files = new LiveFiles(live, trusted, staged.stable(), unchanged);
    Set<Path> cloned = reflink.clone(live, staged, candidates(missing, trusted));
    for (Missing each : missing) {
      Interrupts.requireNone();
      files.bring(each.directory(), each.files(), cloned);
    }
    if (!files.missed().isEmpty()) {
      omitted.stage(files.missed());
    }
    close(missing);
  }

  /** Returns the files that may be cloned by a program, which goes by their paths. */
  private Candidates candidates(List<Missing> missing, TrustedDirectories trusted) {
    Candidates candidates = new Candidates(live.stable(), unchanged);
    for (Missing each : missing) {
      if (!each.files().isEmpty() && trusted.is(each.directory())) {
        candidates.add(each.directory(), each.files());
      }
    }
    return candidates;
  }

  /** Returns the directories that miss files, each before those in it. */
  private List<Missing> missing() throws IOException {
    List<Missing> missing = new ArrayList<>();
    Lister lister = new Lister(Privilege.ofThisProcess(), true);
    Deque<Path> directories = new ArrayDeque<>();
    directories.add(Relative.ROOT);
    while (!directories.isEmpty()) {
      Path directory = directories.remove();
      Path path = staged.stable().resolve(directory);
      FileState state = FileState.readThrough(path);
      for (DirectoryEntry entry : lister.list(path, state)) {
        if (entry.state().isDirectory()) {
          directories.add(Relative.child(directory, entry.name()));
        }
      }
      Collection<OmittedFile> files = omitted.in(directory);
      if (!files.isEmpty() || !state.isOpenToOwner()) {
        missing.add(new Missing(directory, state, files));
      }
    }
    return missing;
  }

  private void open(List<Missing> missing) throws IOException {
    for (Missing each : missing) {
      if (!each.state().isOpenToOwner()) {
        Files.setAttribute(path(each), "unix:mode", each.state().mode() | FileState.OWNER_ALL);
      }
    }
  }

  /** A new name changes the time of its directory. */
  private void close(List<Missing> missing) throws IOException {
    for (int i = missing.size() - 1; i >= 0; i--) {
      Attributes.restore(path(missing.get(i)), missing.get(i).state());
    }
  }

  private Path path(Missing each) {
    return staged.stable().resolve(each.directory());
  }
}
