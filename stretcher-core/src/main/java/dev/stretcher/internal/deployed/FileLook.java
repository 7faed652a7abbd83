package dev.stretcher.internal.deployed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;

/**
 * What a name in a dest is now; no link is followed.
 *
 * @param mode with the bits of the type
 */
record FileLook(int mode, PosixFileAttributes attributes) {
  private static final int TYPE = 0170000;

  static Optional<FileLook> at(Path path) throws IOException {
    try {
      PosixFileAttributes attributes =
          Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
              .readAttributes();
      int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      return Optional.of(new FileLook(mode, attributes));
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    }
  }

  boolean isDirectory() {
    return attributes.isDirectory();
  }

  boolean isFile() {
    return attributes.isRegularFile();
  }

  boolean isLink() {
    return attributes.isSymbolicLink();
  }

  int permissions() {
    return mode & 07777;
  }

  long size() {
    return attributes.size();
  }

  UserPrincipal owner() {
    return attributes.owner();
  }

  GroupPrincipal group() {
    return attributes.group();
  }

  /** Returns what it is, in words. */
  String kind() {
    return switch (mode & TYPE) {
      case 0100000 -> "a file";
      case 0040000 -> "a directory";
      case 0120000 -> "a symbolic link";
      case 0020000 -> "a character device";
      case 0060000 -> "a block device";
      case 0010000 -> "a named pipe";
      default -> "a socket";
    };
  }
}
