package dev.stretcher.sync.internal.apply;

import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.Kind;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Copies staged files into dest where a rename is not possible, since the tree is staged on another
 * file system: next to their place under a temporary name, so that a rename there finishes it.
 * Named pipes and devices do not keep their times on this way.
 */
final class CrossDevice {
  private CrossDevice() {}

  /**
   * Copies a file, or a directory with what is in it.
   *
   * @param copy does not exist yet
   */
  static void copy(Path staged, Path copy) throws IOException {
    FileState state = FileState.read(staged);
    if (state.isDirectory()) {
      Files.copy(staged, copy, StandardCopyOption.COPY_ATTRIBUTES);
      copyContent(staged, copy);
    } else {
      // Across file systems this copies, also a named pipe, which Files.copy would read from.
      Files.move(staged, copy);
    }
    if (!isSpecial(state)) {
      Attributes.setTime(copy, state.modified());
    }
  }

  /** The JDK would open it to set its time, and wait for its other end. */
  private static boolean isSpecial(FileState state) {
    return state.kind() != Kind.FILE
        && state.kind() != Kind.DIRECTORY
        && state.kind() != Kind.SYMLINK;
  }

  /** Copies what is in a directory into another one. */
  static void copyContent(Path staged, Path copy) throws IOException {
    try (DirectoryStream<Path> content = Files.newDirectoryStream(staged)) {
      for (Path path : content) {
        copy(path, copy.resolve(path.getFileName()));
      }
    }
  }
}
