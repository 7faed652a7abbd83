package dev.stretcher.cli.share;

import dev.stretcher.cli.command.Commands;
import dev.stretcher.cli.invocation.Command;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Node;

/** Finds the commands that a text of the reference sends its reader to. */
final class Mentions extends AbstractVisitor {
  private final List<String> lines = new ArrayList<>();

  private Mentions() {}

  /** Returns the commands that are mentioned as {@code stretcher NAME}, in the order of all. */
  static List<Command> in(List<Node> blocks) {
    Mentions mentions = new Mentions();
    blocks.forEach(block -> block.accept(mentions));
    return Commands.NAMED.stream().filter(mentions::has).toList();
  }

  private boolean has(Command command) {
    String line = "stretcher " + command.name();
    return lines.stream().anyMatch(each -> each.equals(line) || each.startsWith(line + " "));
  }

  @Override
  public void visit(Code code) {
    lines.add(code.getLiteral());
  }
}
