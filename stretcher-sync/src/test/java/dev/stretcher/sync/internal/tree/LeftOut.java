package dev.stretcher.sync.internal.tree;

import dev.stretcher.manifest.FileMode;
import dev.stretcher.spi.ContentFilter;
import dev.stretcher.spi.Entry;
import dev.stretcher.spi.EntryType;
import dev.stretcher.spi.OmittedFiles;
import dev.stretcher.spi.OmittedFiles.OmittedFile;
import dev.stretcher.sync.internal.apply.Attributes;
import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.Relative;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Takes files out of a staged tree, as the engine leaves them out, and puts them back. */
final class LeftOut implements OmittedFiles {
  private final Path root;
  private final Path store;
  private final ContentFilter needed;
  private final Random random;
  private final Map<Path, Stored> files = new TreeMap<>();
  private int stored;

  /**
   * Creates it.
   *
   * @param store an existing directory of the same file system
   * @param random chooses files that are left out although they are needed, as when dest has
   *     changed since
   */
  LeftOut(Path root, Path store, ContentFilter needed, Random random) {
    this.root = root;
    this.store = store;
    this.needed = needed;
    this.random = random;
  }

  private record Stored(Path at, FileState state) {}

  /** Takes out a file that was just made, if it is to be. */
  void take(Path file) throws IOException {
    Path path = root.relativize(file);
    FileState state = FileState.read(file);
    Entry entry =
        new Entry(
            path,
            EntryType.FILE,
            new FileMode(state.mode()),
            state.size(),
            state.modified(),
            Optional.empty());
    if (!needed.needs(entry) || random.nextInt(4) == 0) {
      Path at = store.resolve(Integer.toString(stored++));
      Files.move(file, at);
      files.put(path, new Stored(at, state));
    }
  }

  @Override
  public boolean isEmpty() {
    return files.isEmpty();
  }

  @Override
  public Collection<OmittedFile> in(Path directory) {
    List<OmittedFile> found = new ArrayList<>();
    files.forEach(
        (path, file) -> {
          FileState state = file.state();
          if (Relative.parent(path).equals(directory)) {
            found.add(
                new OmittedFile(
                    path.getFileName(),
                    new FileMode(state.mode()),
                    state.size(),
                    state.modified(),
                    state.uid(),
                    state.gid()));
          }
        });
    return found;
  }

  @Override
  public void stage(Collection<Path> wanted) throws IOException {
    for (Path path : wanted) {
      Stored file = files.remove(path);
      if (file != null) {
        putBack(path, file.at());
      }
    }
  }

  private void putBack(Path path, Path at) throws IOException {
    Path directory = root.resolve(Relative.parent(path));
    FileState before = FileState.read(directory);
    Files.setAttribute(directory, "unix:mode", before.mode() | FileState.OWNER_ALL);
    Files.move(at, root.resolve(path));
    Attributes.setTime(directory, before.modified());
    Files.setAttribute(directory, "unix:mode", before.mode());
  }

  @Override
  public void stageAll() throws IOException {
    stage(List.copyOf(files.keySet()));
  }
}
