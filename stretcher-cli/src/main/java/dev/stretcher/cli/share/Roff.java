package dev.stretcher.cli.share;

import java.util.Locale;

/**
 * Text of the language that <a href="https://man7.org/linux/man-pages/man7/man.7.html">man(7)</a>
 * describes, with the macros of pages.
 */
final class Roff {
  private static final int WIDTH = 78;

  private final StringBuilder text = new StringBuilder();

  /** A section begins with a paragraph by itself. */
  private boolean isAtStart;

  /** Begins a page. */
  Roff title(String name, char section, Edition edition) {
    macro(
        "TH %s %s %s \"Stretcher %s\" \"Stretcher manual\""
            .formatted(name.toUpperCase(Locale.ROOT), section, edition.date(), edition.version()));
    // A hyphen in the middle of a variable would be copied with it.
    return macro("nh");
  }

  /**
   * Begins a section.
   *
   * @param name plain text
   */
  Roff section(String name) {
    macro("SH \"" + argument(name.toUpperCase(Locale.ROOT)) + "\"");
    isAtStart = true;
    return this;
  }

  /**
   * Begins a part of a section.
   *
   * @param name plain text
   */
  Roff part(String name) {
    macro("SS \"" + argument(name) + "\"");
    isAtStart = true;
    return this;
  }

  private static String argument(String plain) {
    return prose(plain).replace("\"", "\\(dq");
  }

  /**
   * Adds a paragraph.
   *
   * @param roff with escapes
   */
  Roff paragraph(String roff) {
    return begin().flow(roff);
  }

  private Roff begin() {
    return isAtStart ? this : macro("PP");
  }

  /**
   * Adds a paragraph behind a tag.
   *
   * @param tag with escapes
   * @param roff with escapes
   */
  Roff tagged(String tag, String roff) {
    macro("TP");
    line(tag.isEmpty() ? "\\&" : tag);
    return flow(roff);
  }

  /**
   * Adds an item of a list.
   *
   * @param roff with escapes
   */
  Roff item(String roff) {
    return macro("IP \\(bu 4").flow(roff);
  }

  /** Moves what follows to the right, until {@link #back}. */
  Roff right() {
    return macro("RS 4");
  }

  /** Ends {@link #right}. */
  Roff back() {
    return macro("RE");
  }

  /**
   * Adds lines as they are.
   *
   * @param plain the lines
   */
  Roff literal(String plain) {
    begin().right().macro("EX");
    plain.lines().forEach(each -> line(code(each)));
    return macro("EE").back();
  }

  /** Adds text that is filled; an empty one is a line that does not show. */
  private Roff flow(String roff) {
    StringBuilder line = new StringBuilder();
    for (String word : roff.strip().split(" +")) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH) {
        line(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    return line(line.isEmpty() ? "\\&" : line.toString());
  }

  private Roff macro(String macro) {
    text.append('.').append(macro).append('\n');
    isAtStart = false;
    return this;
  }

  /** A dot or an apostrophe at the beginning would be a request. */
  private Roff line(String roff) {
    isAtStart = false;
    boolean isRequest = roff.startsWith(".") || roff.startsWith("'");
    text.append(isRequest ? "\\&" : "").append(roff).append('\n');
    return this;
  }

  /** Returns bold text. */
  static String bold(String plain) {
    return "\\fB" + code(plain) + "\\fR";
  }

  /** Returns text in italics, for what stands for something else. */
  static String italic(String plain) {
    return "\\fI" + code(plain) + "\\fR";
  }

  /** Returns text that people may copy: no character becomes a nicer one. */
  static String code(String plain) {
    StringBuilder roff = new StringBuilder();
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      roff.append(c == '-' ? "\\-" : c == '\'' ? "\\(aq" : escaped(c));
    }
    return roff.toString();
  }

  /** Returns text for reading, in which a dash between letters is a hyphen. */
  static String prose(String plain) {
    StringBuilder roff = new StringBuilder();
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      boolean isHyphen =
          i > 0
              && i + 1 < plain.length()
              && Character.isLetter(plain.charAt(i - 1))
              && Character.isLetter(plain.charAt(i + 1));
      roff.append(c == '-' && !isHyphen ? "\\-" : escaped(c));
    }
    return roff.toString();
  }

  private static String escaped(char c) {
    return switch (c) {
      case '\\' -> "\\(rs";
      case '~' -> "\\(ti";
      case '^' -> "\\(ha";
      case '`' -> "\\(ga";
      case '…' -> "...";
      default -> c < 0x80 ? String.valueOf(c) : String.format(Locale.ROOT, "\\[u%04X]", (int) c);
    };
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
