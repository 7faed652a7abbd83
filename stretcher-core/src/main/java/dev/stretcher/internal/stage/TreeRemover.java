package dev.stretcher.internal.stage;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Removes a private tree, also one whose directories are not writable; follows no link. */
final class TreeRemover {
  private TreeRemover() {}

  static void remove(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      removeContent(path);
    }
    Files.deleteIfExists(path);
  }

  private static void removeContent(Path directory) throws IOException {
    boolean accessible =
        Files.isReadable(directory) && Files.isWritable(directory) && Files.isExecutable(directory);
    if (!accessible) {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
    try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
      for (Path child : children) {
        remove(child);
      }
    }
  }
}
