package dev.stretcher.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks for the members of a process group in {@code /proc}, see proc(5). */
final class GroupMembers {
  private static final int STATE = 0;
  private static final int GROUP = 2;

  private GroupMembers() {}

  /**
   * Tells whether a process that is not a zombie is in {@code group}; false on a system without
   * /proc.
   */
  static boolean exist(long group) {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        if (isLiveMember(process, group)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isLiveMember(Path process, long group) {
    try {
      String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
      // The name of the program, in parentheses, may contain anything.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return fields[GROUP].equals(Long.toString(group)) && !"ZX".contains(fields[STATE]);
    } catch (IOException e) {
      // Processes end meanwhile.
      return false;
    }
  }
}
