package dev.stretcher.sync.internal.filter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;

/** Makes random trees, and random patterns of which many match something in them. */
final class RandomFilters {
  private static final String[] NAMES = {
    "a",
    "a",
    "b",
    "b",
    "c",
    "ab",
    "foo",
    "A",
    "1",
    ".o",
    ".",
    "-",
    "_",
    " ",
    "\n",
    "\r",
    "\t",
    "!",
    "#",
    ";",
    "+",
    "- ",
    "[",
    "]",
    "[a]",
    "*",
    "**",
    "?",
    "\\",
    "\\b",
    "^",
    ":",
    "[:alpha:]",
    "\u00ff",
    "\u00c3\u00a4",
    "\u0080",
    "$",
    "\u007f",
    "\u0001"
  };
  private static final String[] PLAIN_NAMES = {"a", "a", "a", "b", "b", "c", "."};
  private static final String[] PLAIN_WILD = {
    "*", "*", "**", "**", "***", "?", "/", "/", "/**/", "**/", "/**", "/***", "*/", "/*", "[ab]",
    "[!a]", "\\a"
  };
  private static final String[] WILD =
      """
      * * * ** ** *** **** ? ? ?? *? / / / // /*/ /**/ **/ /** /*** */ /* \\ \\* \\?
      \\[ \\\\ \\/ \\a [ [a [! [] []a] [!]a] [^]] [^a] [!a] [a-c] [!a-c] [c-a] [-a]
      [a-] [a- [--a] [a-c-z] []-a] [[-a] [\\]a] [\\a-\\c] [\\ [a-\\ [a\\-z] [/] [!/]
      [.-0] [a/b] [[:alpha:]] [![:alpha:]] [^[:space:]] [[:alnum:]_] [[:foo:]] [[:]
      [[:]] [[::]] [[:alpha:] [[:alpha]] [[:alpha [a-[:digit:]] [[:digit:]-z]
      [[:UPPER:]] [[:blank:]] [[:cntrl:]] [[:graph:]] [[:lower:]] [[:print:]]
      [[:punct:]] [[:upper:]] [[:xdigit:]] [[:a]b:]] [[.a.]] [[=a=]] [\u0080-\u00ff]
      [!\u0001-\u007f] [**] [?]
      """
          .split("\\s+");
  private static final String[] PREFIXES = {
    "+ ", "- ", "- ", "! ", "+", "-", "!", "#", ";", " ", "-_"
  };
  private static final String[] WHOLE = {
    "!", "!", "- ", "+ ", "-", "+", "", "/", "//", "- /", "+ /", "- !", "*", "**", "***", "/*",
    "/**", "/***", "*/", "**/", "+ */", "- *", "**/*", "*/**", "*/***", "/*/***", "- - ", "\\", "[",
    "[]", "/**/"
  };
  private static final String[] LINE_ENDS = {
    "\n", "\n", "\n", "\r\n", "\r", "\n\n", "\0\n", "\0x\n"
  };

  private final Random random;
  private final String[] names;
  private final String[] wild;

  RandomFilters(long seed) {
    this.random = new Random(seed);
    // With few letters it is the stars that have to be right.
    boolean plain = random.nextBoolean();
    this.names = plain ? PLAIN_NAMES : NAMES;
    this.wild = plain ? PLAIN_WILD : WILD;
  }

  /** Makes a small tree, at most four deep. */
  Names tree() {
    SortedSet<String> paths = new TreeSet<>();
    grow("", 1, paths);
    return Names.of(paths);
  }

  private void grow(String directory, int depth, SortedSet<String> paths) {
    int count = 2 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      String path = directory + name();
      boolean isNew = !paths.contains(path) && !paths.contains(path + "/");
      if (isNew && depth < 4 && random.nextInt(2) == 0) {
        paths.add(path + "/");
        grow(path + "/", depth + 1, paths);
      } else if (isNew) {
        paths.add(path);
      }
    }
  }

  private String name() {
    StringBuilder name = new StringBuilder();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      name.append(one(names));
    }
    boolean reserved = name.toString().equals(".") || name.toString().equals("..");
    return reserved ? name() : name.toString();
  }

  /** Makes the content of a file of patterns. */
  byte[] file(Names tree) {
    StringBuilder content = new StringBuilder();
    for (String pattern : patterns(tree)) {
      content.append(pattern).append(one(LINE_ENDS));
    }
    if (random.nextBoolean() && content.length() > 0) {
      content.setLength(content.length() - 1);
    }
    return content.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Makes patterns for arguments: without NUL, and in ASCII for any locale. */
  List<String> arguments(Names tree) {
    return patterns(tree).stream().map(each -> each.replaceAll("[^\\x01-\\x7f]", "?")).toList();
  }

  private List<String> patterns(Names tree) {
    List<String> patterns = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      patterns.add(pattern(List.copyOf(tree.all())));
    }
    return patterns;
  }

  private String pattern(List<String> paths) {
    int kind = random.nextInt(20);
    if (kind == 0) {
      return one(WHOLE);
    }
    String prefix = random.nextInt(4) == 0 ? one(PREFIXES) : "";
    return prefix + (kind < 7 ? free() : derived(paths.get(random.nextInt(paths.size()))));
  }

  private String free() {
    StringBuilder pattern = new StringBuilder();
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      pattern.append(random.nextInt(5) < 3 ? one(wild) : one(names));
    }
    return pattern.toString();
  }

  /** Takes a path, or the end of one, and replaces some of it. */
  private String derived(String path) {
    String part = path.substring(random.nextBoolean() ? 0 : random.nextInt(path.length()));
    StringBuilder pattern = new StringBuilder(random.nextInt(4) == 0 ? "/" : "");
    pattern.append(part);
    for (int i = random.nextInt(4); i > 0; i--) {
      int from = random.nextInt(pattern.length() + 1);
      int to = Math.min(pattern.length(), from + random.nextInt(3));
      pattern.replace(from, to, one(wild));
    }
    if (random.nextInt(3) > 0 && pattern.charAt(pattern.length() - 1) == '/') {
      pattern.setLength(pattern.length() - 1);
    }
    return pattern.toString();
  }

  private String one(String[] from) {
    return from[random.nextInt(from.length)];
  }
}
