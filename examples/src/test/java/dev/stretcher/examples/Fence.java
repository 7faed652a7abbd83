package dev.stretcher.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A block of code in a Markdown file.
 *
 * @param document the file
 * @param line where it begins
 * @param language the first word after the back quotes
 * @param marks the other words: {@code run} for shell, {@code refused} for manifests, {@code
 *     config} for configurations of a host, {@code plugin} for the files of one project, {@code ci}
 *     and the name of its system for pipelines
 * @param text what is in it
 */
record Fence(Path document, int line, String language, List<String> marks, String text) {
  private static final String DELIMITER = "```";

  static Stream<Fence> all() throws IOException {
    return Repository.documents().stream().flatMap(document -> in(document).stream());
  }

  static List<Fence> in(Path document) {
    List<Fence> fences = new ArrayList<>();
    List<String> lines = lines(document);
    for (int i = 0; i < lines.size(); i++) {
      String opening = lines.get(i).strip();
      if (opening.startsWith(DELIMITER)) {
        int indent = lines.get(i).indexOf(DELIMITER);
        int end = i + 1;
        StringBuilder text = new StringBuilder();
        while (!lines.get(end).strip().equals(DELIMITER)) {
          String line = lines.get(end);
          text.append(line.substring(Math.min(indent, line.length()))).append('\n');
          end++;
        }
        List<String> info = List.of(opening.substring(DELIMITER.length()).strip().split(" +"));
        fences.add(
            new Fence(document, i + 1, info.get(0), info.subList(1, info.size()), text.toString()));
        i = end;
      }
    }
    return fences;
  }

  /** Returns the text of a document without its fences and code spans. */
  static String prose(Path document) {
    StringBuilder prose = new StringBuilder();
    boolean fenced = false;
    for (String line : lines(document)) {
      boolean delimiter = line.strip().startsWith(DELIMITER);
      if (!fenced && !delimiter) {
        prose.append(line.replaceAll("`[^`]*`", "")).append('\n');
      }
      fenced ^= delimiter;
    }
    return prose.toString();
  }

  private static List<String> lines(Path document) {
    try {
      return Files.readAllLines(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return document.getFileName() + " line " + line;
  }
}
