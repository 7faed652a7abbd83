package dev.stretcher.cli.share;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;

/** A page of the reference, in Markdown. */
final class Reference {
  private final List<Node> blocks = new ArrayList<>();

  /**
   * Reads one.
   *
   * @throws IOException if it cannot be read
   */
  Reference(Path file) throws IOException {
    Node page =
        Parser.builder()
            .extensions(Set.of(TablesExtension.create()))
            .build()
            .parse(Files.readString(file));
    for (Node block = page.getFirstChild(); block != null; block = block.getNext()) {
      blocks.add(block);
    }
  }

  /** Returns all that follows its title. */
  List<Node> withoutTitle() {
    return blocks.subList(1, blocks.size());
  }

  /** Returns what is below its title, before the first section. */
  List<Node> introduction() {
    return until(1, Integer.MAX_VALUE);
  }

  /** Returns a section without its heading, with its subsections; nothing if it has none. */
  List<Node> section(String heading) {
    for (int i = 0; i < blocks.size(); i++) {
      if (blocks.get(i) instanceof Heading found && isCalled(found, heading)) {
        return until(i + 1, found.getLevel());
      }
    }
    return List.of();
  }

  /** A section about a flag of a command is the one about that command. */
  private static boolean isCalled(Heading heading, String name) {
    String text = PlainText.of(heading);
    return text.equals(name) || text.startsWith(name + " -");
  }

  private List<Node> until(int from, int level) {
    int end = from;
    while (end < blocks.size()
        && !(blocks.get(end) instanceof Heading next && next.getLevel() <= level)) {
      end++;
    }
    return blocks.subList(from, end);
  }
}
