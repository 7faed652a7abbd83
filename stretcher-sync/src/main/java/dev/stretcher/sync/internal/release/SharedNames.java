package dev.stretcher.sync.internal.release;

import dev.stretcher.manifest.ReleaseRules.Shared;
import dev.stretcher.sync.internal.apply.Attributes;
import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.Kind;
import dev.stretcher.sync.internal.directory.Relative;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.Printable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Puts links into a staged tree that lead to what all releases share.
 *
 * @param tree the root of the tree, which is private
 */
record SharedNames(Path tree, Container container) {
  private static final String UP = "..";

  /** Refuses names that are not inside of a release. */
  static void require(List<Shared> names) throws IOException {
    for (Shared each : names) {
      Path path = each.path();
      boolean inside =
          !path.isAbsolute()
              && !Relative.isRoot(path)
              && path.normalize().equals(path)
              && !path.startsWith(UP);
      if (!inside) {
        throw new IOException(
            "release.shared: \"%s\" is not a name inside of a release; write it as the archive has it, such as log/ or config/database.yml"
                .formatted(Printable.of(path)));
      }
    }
    requireApart(names);
  }

  private static void requireApart(List<Shared> names) throws IOException {
    for (int i = 0; i < names.size(); i++) {
      for (int j = 0; j < names.size(); j++) {
        if (i != j && names.get(j).path().startsWith(names.get(i).path())) {
          throw new IOException(
              "release.shared: %s is in %s, which is shared as a whole; remove one of them"
                  .formatted(Printable.of(names.get(j).path()), Printable.of(names.get(i).path())));
        }
      }
    }
  }

  /** Puts all links into the tree. */
  void link(List<Shared> names) throws IOException, InterruptedException {
    for (Shared each : names) {
      link(each);
    }
  }

  private void link(Shared name) throws IOException, InterruptedException {
    Optional<FileState> there = look(name.path());
    Path target = Container.SHARED.resolve(name.path());
    for (int i = 0; i <= name.path().getNameCount(); i++) {
      target = Path.of(UP).resolve(target);
    }
    requireReplaceable(name, there, target);
    new SharedDirectory(container).require(name, there.filter(FileState::isDirectory));
    if (there.isEmpty() || there.get().isDirectory()) {
      replace(name.path(), there.isPresent(), target);
    }
  }

  /** Looks at a name in the tree, and at each directory above it. */
  private Optional<FileState> look(Path path) throws IOException {
    for (int depth = 1; depth < path.getNameCount(); depth++) {
      Path above = path.subpath(0, depth);
      Optional<FileState> state = FileState.readIfThere(tree.resolve(above));
      if (state.isEmpty()) {
        return Optional.empty();
      }
      if (!state.get().isDirectory()) {
        throw refused(path, "the archive has %s, which is not a directory".formatted(text(above)));
      }
    }
    return FileState.readIfThere(tree.resolve(path));
  }

  private void requireReplaceable(Shared name, Optional<FileState> there, Path target)
      throws IOException {
    if (there.isEmpty()) {
      return;
    }
    Path path = tree.resolve(name.path());
    FileState state = there.get();
    boolean same = state.kind() == Kind.SYMLINK && Files.readSymbolicLink(path).equals(target);
    boolean empty = state.isDirectory() && isEmpty(path);
    if (!same && !empty) {
      String what =
          state.isDirectory()
              ? "a directory with files"
              : state.kind() == Kind.SYMLINK ? "another link" : "a file";
      throw refused(
          name.path(),
          "the archive has %s of that name; leave it out of the archive, or out of release.shared"
              .formatted(what));
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (DirectoryStream<Path> names = Files.newDirectoryStream(directory)) {
      return !names.iterator().hasNext();
    }
  }

  /** Directories keep the times that the archive gives them. */
  private void replace(Path path, boolean directory, Path target) throws IOException {
    Path parent = makeParents(Relative.parent(path));
    FileState before = FileState.readThrough(parent);
    Files.setAttribute(parent, "unix:mode", before.mode() | FileState.OWNER_ALL);
    if (directory) {
      Files.delete(tree.resolve(path));
    }
    Files.createSymbolicLink(tree.resolve(path), target);
    Attributes.restore(parent, before);
  }

  private Path makeParents(Path path) throws IOException {
    if (Relative.isRoot(path)) {
      return tree;
    }
    Path parent = tree.resolve(path);
    if (FileState.readIfThere(parent).isEmpty()) {
      Path above = makeParents(Relative.parent(path));
      FileState before = FileState.readThrough(above);
      Files.setAttribute(above, "unix:mode", before.mode() | FileState.OWNER_ALL);
      SharedDirectory.finish(Files.createDirectory(parent), before, SharedDirectory.MODE);
      Attributes.restore(above, before);
    }
    return parent;
  }

  private static FileSystemException refused(Path path, String reason) {
    return new FileSystemException("release.shared: " + text(path), null, reason);
  }

  private static String text(Path path) {
    return Printable.of(NativeText.text(path));
  }
}
