package dev.stretcher.sync.internal.apply;

import dev.stretcher.file.Descriptors;
import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.Kind;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Moves staged files into dest where a rename is not possible, since the tree is staged on another
 * file system: next to their place under a temporary name, so that a rename there finishes it.
 * Named pipes and devices do not keep their times on this way. Thread-safe.
 *
 * @param root the root of the staged tree
 */
record CrossDevice(Path root) {
  /**
   * Copies a file, or a directory with its content, and removes the files.
   *
   * @param copy does not exist yet
   */
  void copy(Path staged, Path copy) throws IOException {
    FileState state = FileState.read(staged);
    if (state.isDirectory()) {
      Files.copy(staged, copy, StandardCopyOption.COPY_ATTRIBUTES);
      copyContent(staged, copy);
    } else {
      // Across file systems this copies, also a named pipe, which Files.copy would read from.
      Files.move(own(staged), copy);
    }
    if (!isSpecial(state)) {
      Attributes.setTime(copy, state.modified());
    }
  }

  /**
   * Moves a file to a place that staged files reach by a rename. Files on a file system that is
   * mounted in the tree cannot be renamed, whenever it was mounted, and are not removed.
   */
  private Path own(Path staged) throws IOException {
    Path own = root.resolve(".stretcher-" + UUID.randomUUID());
    try {
      return Files.move(staged, own, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw new FileSystemException(
          NativeText.text(Descriptors.named(staged)),
          null,
          "it is in something that is mounted in the staged tree; unmount that, and let no command"
              + " mount anything into what is staged");
    }
  }

  /** The JDK would open it to set its time, and wait for its other end. */
  private static boolean isSpecial(FileState state) {
    return state.kind() != Kind.FILE
        && state.kind() != Kind.DIRECTORY
        && state.kind() != Kind.SYMLINK;
  }

  /** Copies the content of a directory into another one, and removes the files. */
  void copyContent(Path staged, Path copy) throws IOException {
    for (Path path : content(staged)) {
      copy(path, copy.resolve(path.getFileName()));
    }
  }

  /** All of it, before a file gets a name in the root that is none of the content. */
  private static List<Path> content(Path directory) throws IOException {
    List<Path> content = new ArrayList<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
      paths.forEach(content::add);
    }
    return content;
  }
}
