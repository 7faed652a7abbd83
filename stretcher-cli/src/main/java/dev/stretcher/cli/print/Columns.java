package dev.stretcher.cli.print;

import java.util.ArrayList;
import java.util.List;

/** Lays out rows of texts in columns. */
public final class Columns {
  private static final String GAP = "  ";

  private Columns() {}

  /**
   * Returns a line for each row; the last column is not filled up.
   *
   * @param rows of the same number of texts each
   */
  public static List<String> lines(List<List<String>> rows) {
    int[] widths = widths(rows);
    List<String> lines = new ArrayList<>(rows.size());
    for (List<String> row : rows) {
      lines.add(line(row, widths));
    }
    return lines;
  }

  private static int[] widths(List<List<String>> rows) {
    int[] widths = new int[rows.isEmpty() ? 0 : rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], length(row.get(i)));
      }
    }
    return widths;
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = row.get(i);
      line.append(cell).append(" ".repeat(widths[i] - length(cell))).append(GAP);
    }
    return line.toString().stripTrailing();
  }

  /** Returns how many columns a text takes. */
  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Returns a line that fits a width, and loses its end for that. */
  public static String cut(String line, int width) {
    return length(line) <= width
        ? line
        : line.substring(0, line.offsetByCodePoints(0, width - 1)) + "…";
  }
}
