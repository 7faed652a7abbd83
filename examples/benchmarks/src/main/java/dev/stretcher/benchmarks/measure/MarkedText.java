package dev.stretcher.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The part of a document that the benchmark writes: what is between two comments. */
public final class MarkedText {
  private MarkedText() {}

  /**
   * Replaces what is between the markers of a file.
   *
   * @param name what the markers are called
   * @throws IllegalArgumentException if it has not exactly one pair of them
   */
  public static void replace(Path document, String name, String replacement) throws IOException {
    Files.writeString(document, replaced(Files.readString(document), name, replacement));
  }

  /** Returns {@code text} with {@code replacement} between the markers. */
  static String replaced(String text, String name, String replacement) {
    String first = "<!-- benchmark:" + name + " -->";
    String last = "<!-- /benchmark:" + name + " -->";
    int begin = only(text, first) + first.length();
    int end = only(text, last);
    if (end < begin) {
      throw new IllegalArgumentException(last + " comes before " + first);
    }
    return text.substring(0, begin) + "\n" + replacement.strip() + "\n" + text.substring(end);
  }

  private static int only(String text, String marker) {
    int at = text.indexOf(marker);
    if (at < 0 || text.indexOf(marker, at + 1) >= 0) {
      throw new IllegalArgumentException("there must be one line " + marker + " in the document");
    }
    return at;
  }
}
