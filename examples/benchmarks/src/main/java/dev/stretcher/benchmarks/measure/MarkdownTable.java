package dev.stretcher.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown. The first column is text, the others are figures. */
public final class MarkdownTable {
  private final List<String> lines = new ArrayList<>();
  private final int columns;

  /** Creates a table without rows. */
  public MarkdownTable(String... headings) {
    columns = headings.length;
    add(headings);
    lines.add("|---|" + "---:|".repeat(columns - 1));
  }

  /** Adds a row, which has as many cells as there are headings. */
  public MarkdownTable add(String... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException(cells.length + " cells, but " + columns + " headings");
    }
    lines.add("| " + String.join(" | ", cells) + " |");
    return this;
  }

  @Override
  public String toString() {
    return String.join("\n", lines) + "\n";
  }
}
