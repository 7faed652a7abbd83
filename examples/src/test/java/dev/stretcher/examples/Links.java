package dev.stretcher.examples;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The relative links of a Markdown file. */
final class Links {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*?) *$");

  private Links() {}

  static List<String> broken(Path document) {
    return LINK.matcher(Fence.prose(document))
        .results()
        .map(MatchResult::group)
        .map(link -> link.substring(2, link.length() - 1))
        .filter(link -> !link.matches("[a-z]+:.*"))
        .filter(link -> !resolves(document, link))
        .toList();
  }

  private static boolean resolves(Path document, String link) {
    int hash = link.indexOf('#');
    String file = hash < 0 ? link : link.substring(0, hash);
    Path target = file.isEmpty() ? document : document.resolveSibling(file).normalize();
    return Files.exists(target) && (hash < 0 || hasHeading(target, link.substring(hash + 1)));
  }

  private static boolean hasHeading(Path document, String anchor) {
    return HEADING
        .matcher(read(document))
        .results()
        .map(heading -> anchor(heading.group(1)))
        .anyMatch(anchor::equals);
  }

  /** Returns the anchor that GitHub gives a heading. */
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-');
  }

  private static String read(Path document) {
    try {
      return Files.readString(document);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
