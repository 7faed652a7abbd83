package dev.stretcher.sync.internal.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A file of patterns, as {@code --exclude-from} reads it. */
final class PatternFile {
  private PatternFile() {}

  /** Returns the lines with a pattern. Each LF and each CR ends a line. */
  static List<byte[]> lines(byte[] content) {
    List<byte[]> lines = new ArrayList<>();
    int start = 0;
    while (start < content.length) {
      int end = end(content, start);
      byte[] line = untilNul(Arrays.copyOfRange(content, start, end));
      if (line.length > 0 && line[0] != '#' && line[0] != ';') {
        lines.add(line);
      }
      start = end + 1;
    }
    return lines;
  }

  private static int end(byte[] content, int start) {
    int end = start;
    while (end < content.length && content[end] != '\n' && content[end] != '\r') {
      end++;
    }
    return end;
  }

  /** To rsync a NUL ends the pattern, though not the line. */
  private static byte[] untilNul(byte[] line) {
    int end = 0;
    while (end < line.length && line[end] != 0) {
      end++;
    }
    return Arrays.copyOf(line, end);
  }
}
