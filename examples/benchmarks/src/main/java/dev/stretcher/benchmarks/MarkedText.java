package dev.stretcher.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The part of a document that the benchmark writes: what is between two comments. */
final class MarkedText {
  private static final String BEGIN = "<!-- benchmark:sync -->";
  private static final String END = "<!-- /benchmark:sync -->";

  private MarkedText() {}

  /**
   * Replaces what is between the markers of a file.
   *
   * @throws IllegalArgumentException if it has not exactly one pair of them
   */
  static void replace(Path document, String replacement) throws IOException {
    Files.writeString(document, replaced(Files.readString(document), replacement));
  }

  /** Returns {@code text} with {@code replacement} between the markers. */
  static String replaced(String text, String replacement) {
    int begin = only(text, BEGIN) + BEGIN.length();
    int end = only(text, END);
    if (end < begin) {
      throw new IllegalArgumentException(END + " comes before " + BEGIN);
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
