package dev.stretcher.cli.share;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BulletList;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.jspecify.annotations.Nullable;

/** Adds blocks of Markdown to a page. A table becomes a list, by the first cell of each row. */
final class BlockRoff extends AbstractVisitor {
  /** The column that is told first, whichever it is. */
  private static final String MEANING = "meaning";

  private static final String PICTURE = "mermaid";

  private final Roff roff;
  private final int sections;

  private BlockRoff(Roff roff, int sections) {
    this.roff = roff;
    this.sections = sections;
  }

  /**
   * Adds blocks.
   *
   * @param sections the level of the headings that begin a section, 0 for none: all others begin a
   *     part of one
   */
  static void add(List<Node> blocks, int sections, Roff roff) {
    BlockRoff page = new BlockRoff(roff, sections);
    blocks.forEach(block -> block.accept(page));
  }

  @Override
  public void visit(Heading heading) {
    if (heading.getLevel() == sections) {
      roff.section(PlainText.of(heading));
    } else {
      roff.part(PlainText.of(heading));
    }
  }

  @Override
  public void visit(Paragraph paragraph) {
    roff.paragraph(InlineRoff.of(paragraph));
  }

  @Override
  public void visit(FencedCodeBlock fence) {
    if (!fence.getInfo().equals(PICTURE)) {
      roff.literal(fence.getLiteral());
    }
  }

  @Override
  public void visit(BulletList list) {
    items(list);
  }

  @Override
  public void visit(OrderedList list) {
    items(list);
  }

  private void items(Node list) {
    for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
      Node first = item.getFirstChild();
      roff.item(first instanceof Paragraph ? InlineRoff.of(first) : "");
      below(first instanceof Paragraph ? first.getNext() : first);
    }
  }

  private void below(@Nullable Node first) {
    if (first != null) {
      roff.right();
      for (Node block = first; block != null; block = block.getNext()) {
        block.accept(this);
      }
      roff.back();
    }
  }

  @Override
  public void visit(CustomBlock block) {
    if (block instanceof TableBlock) {
      List<List<TableCell>> rows = new ArrayList<>();
      block.accept(new Rows(rows));
      List<String> heads = rows.get(0).stream().map(PlainText::of).toList();
      rows.subList(1, rows.size()).forEach(row -> row(heads, row));
    }
  }

  private void row(List<String> heads, List<TableCell> cells) {
    int main = Math.max(1, heads.indexOf(MEANING));
    StringBuilder text =
        new StringBuilder(main < cells.size() ? InlineRoff.of(cells.get(main)) : "");
    for (int i = 1; i < cells.size(); i++) {
      String cell = InlineRoff.of(cells.get(i));
      if (i != main && !cell.isEmpty()) {
        text.append(text.isEmpty() ? "" : ". ")
            .append(capital(heads.get(i)))
            .append(": ")
            .append(cell);
      }
    }
    String tag = InlineRoff.of(cells.get(0));
    roff.tagged(
        tag, text.isEmpty() || text.toString().endsWith(".") ? text.toString() : text + ".");
  }

  private static String capital(String head) {
    return head.isEmpty() ? "" : head.substring(0, 1).toUpperCase(Locale.ROOT) + head.substring(1);
  }

  /** Collects the rows of a table, its head first. */
  private static final class Rows extends AbstractVisitor {
    private final List<List<TableCell>> rows;

    Rows(List<List<TableCell>> rows) {
      this.rows = rows;
    }

    @Override
    public void visit(CustomNode node) {
      if (node instanceof TableRow) {
        rows.add(new ArrayList<>());
      }
      if (node instanceof TableCell cell) {
        rows.get(rows.size() - 1).add(cell);
      } else {
        visitChildren(node);
      }
    }
  }
}
