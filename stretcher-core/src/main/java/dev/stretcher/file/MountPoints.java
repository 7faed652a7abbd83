package dev.stretcher.file;

import dev.stretcher.text.NativeText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where file systems are mounted, as <a
 * href="https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html">proc_pid_mountinfo(5)</a>
 * tells it. Only this table shows a bind mount of the same file system, which has no device number
 * of its own.
 */
final class MountPoints {
  private static final Path TABLE = Path.of("/proc/self/mountinfo");

  /** The fields before it: two numbers, the device, the root within the file system. */
  private static final int FIELD = 4;

  private static final int OCTAL_DIGITS = 3;

  private MountPoints() {}

  /**
   * Returns the mount points at and below a directory, relative to it; none if the system does not
   * tell.
   *
   * @param directory an absolute path without links
   */
  static List<Path> in(Path directory) throws IOException {
    if (!Files.isReadable(TABLE)) {
      return List.of();
    }
    // The name of a mount point is bytes, each of which is one character here.
    // Read as a whole: a channel would close if this thread is interrupted.
    String table = new String(Files.readAllBytes(TABLE), StandardCharsets.ISO_8859_1);
    return table
        .lines()
        .map(line -> path(line.split(" ", FIELD + 2)[FIELD]))
        .filter(path -> path.startsWith(directory))
        .map(directory::relativize)
        .distinct()
        .sorted()
        .toList();
  }

  /** Blanks, line ends and backslashes are written as three octal digits. */
  private static Path path(String field) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(field.length());
    for (int i = 0; i < field.length(); i++) {
      if (field.charAt(i) == '\\') {
        bytes.write(Integer.parseInt(field.substring(i + 1, i + 1 + OCTAL_DIGITS), 8));
        i += OCTAL_DIGITS;
      } else {
        bytes.write(field.charAt(i));
      }
    }
    return NativeText.path(bytes.toByteArray());
  }
}
