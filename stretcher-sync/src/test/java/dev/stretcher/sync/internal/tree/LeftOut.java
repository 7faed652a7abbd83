package dev.stretcher.sync.internal.tree;

import dev.stretcher.manifest.Digest;
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
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * Takes files, and directories in which nothing is left, out of a staged tree, as the engine leaves
 * them out, and puts them back.
 */
final class LeftOut implements OmittedFiles {
  private final Path root;
  private final Path store;
  private final ContentFilter needed;
  private final Random random;
  private final boolean digests;
  private final Map<Path, Stored> files = new TreeMap<>();
  private final Map<Path, FileState> directories = new TreeMap<>();
  private int stored;

  /**
   * Creates it.
   *
   * @param store an existing directory of the same file system
   * @param random chooses files that are left out although they are needed, as when dest has
   *     changed since
   * @param digests whether the archive says the digests of its contents
   */
  LeftOut(Path root, Path store, ContentFilter needed, Random random, boolean digests) {
    this.digests = digests;
    this.root = root;
    this.store = store;
    this.needed = needed;
    this.random = random;
  }

  private record Stored(Path at, FileState state, Optional<Digest> digest) {}

  /** Takes out a file that was just made, if it is to be. */
  void take(Path file) throws IOException {
    Path path = root.relativize(file);
    FileState state = FileState.read(file);
    Optional<Digest> digest =
        digests && state.size() > 0 ? Optional.of(KnownFiles.digest(file)) : Optional.empty();
    boolean out =
        !needed.needs(entry(path, state, EntryType.FILE, digest)) || random.nextInt(4) == 0;
    if (out) {
      Path at = store.resolve(Integer.toString(stored++));
      Files.move(file, at);
      files.put(path, new Stored(at, state, digest));
    }
  }

  /** Takes out a directory that was just filled, if nothing is in it and it is to be. */
  void takeDirectory(Path directory) throws IOException {
    Path path = root.relativize(directory);
    if (Relative.isRoot(path) || !isEmpty(directory)) {
      return;
    }
    FileState state = FileState.read(directory);
    boolean out =
        !needed.needsDirectory(entry(path, state, EntryType.DIRECTORY, Optional.empty()))
            || random.nextInt(4) == 0;
    if (out) {
      Files.delete(directory);
      directories.put(path, state);
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (DirectoryStream<Path> names = Files.newDirectoryStream(directory)) {
      return !names.iterator().hasNext();
    } catch (AccessDeniedException e) {
      return false;
    }
  }

  private static Entry entry(Path path, FileState state, EntryType type, Optional<Digest> digest) {
    return new Entry(
        path, type, new FileMode(state.mode()), state.size(), state.modified(), Optional.empty());
  }

  @Override
  public boolean isEmpty() {
    return files.isEmpty() && directories.isEmpty();
  }

  @Override
  public Collection<OmittedDirectory> directories(Path directory) {
    List<OmittedDirectory> found = new ArrayList<>();
    directories.forEach(
        (path, state) -> {
          if (Relative.parent(path).equals(directory)) {
            found.add(
                new OmittedDirectory(
                    path.getFileName(),
                    new FileMode(state.mode()),
                    state.modified(),
                    state.uid(),
                    state.gid()));
          }
        });
    return found;
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
                    state.gid(),
                    file.digest()));
          }
        });
    return found;
  }

  @Override
  public void stage(Collection<Path> wanted) throws IOException {
    for (Path path : wanted) {
      makeDirectories(path);
      Stored file = files.remove(path);
      if (file != null) {
        putBack(path, () -> Files.move(file.at(), root.resolve(path)));
      }
    }
  }

  private void makeDirectories(Path path) throws IOException {
    for (int depth = 1; depth <= path.getNameCount(); depth++) {
      Path directory = path.subpath(0, depth);
      FileState state = directories.remove(directory);
      if (state != null) {
        putBack(directory, () -> make(root.resolve(directory), state));
      }
    }
  }

  private static void make(Path directory, FileState state) throws IOException {
    Files.createDirectory(directory);
    Files.setAttribute(directory, "unix:gid", state.gid());
    Files.setAttribute(directory, "unix:uid", state.uid());
    Attributes.setTime(directory, state.modified());
    Files.setAttribute(directory, "unix:mode", state.mode());
  }

  private interface Making {
    void run() throws IOException;
  }

  private void putBack(Path path, Making making) throws IOException {
    Path directory = root.resolve(Relative.parent(path));
    FileState before = FileState.read(directory);
    Files.setAttribute(directory, "unix:mode", before.mode() | FileState.OWNER_ALL);
    making.run();
    Attributes.setTime(directory, before.modified());
    Files.setAttribute(directory, "unix:mode", before.mode());
  }

  @Override
  public void stageAll() throws IOException {
    stage(List.copyOf(directories.keySet()));
    stage(List.copyOf(files.keySet()));
  }
}
