package dev.stretcher.cli.share;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;

/** The text of a paragraph with its marks, as text for pages. */
final class InlineRoff extends AbstractVisitor {
  private final StringBuilder roff = new StringBuilder();

  private InlineRoff() {}

  static String of(Node node) {
    InlineRoff text = new InlineRoff();
    node.accept(text);
    return text.roff.toString();
  }

  @Override
  public void visit(Text text) {
    roff.append(Roff.prose(text.getLiteral()));
  }

  @Override
  public void visit(Code code) {
    roff.append(Roff.bold(code.getLiteral()));
  }

  @Override
  public void visit(SoftLineBreak end) {
    roff.append(' ');
  }

  @Override
  public void visit(Emphasis emphasis) {
    roff.append(Roff.italic(PlainText.of(emphasis)));
  }

  @Override
  public void visit(StrongEmphasis emphasis) {
    roff.append(Roff.bold(PlainText.of(emphasis)));
  }

  /** A link to another page of the documentation leads nowhere from here. */
  @Override
  public void visit(Link link) {
    visitChildren(link);
    if (link.getDestination().startsWith("http")) {
      roff.append(" (").append(Roff.code(link.getDestination())).append(')');
    }
  }
}
