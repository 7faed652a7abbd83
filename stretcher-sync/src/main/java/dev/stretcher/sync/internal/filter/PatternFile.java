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
    for (int i = 0; i <= content.length; i++) {
      if (i == content.length || content[i] == '\n' || content[i] == '\r') {
        if (i > start && content[start] != '#' && content[start] != ';') {
          lines.add(Arrays.copyOfRange(content, start, i));
        }
        start = i + 1;
      }
    }
    return lines;
  }
}
