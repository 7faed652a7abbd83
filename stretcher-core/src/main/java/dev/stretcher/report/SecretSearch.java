package dev.stretcher.report;

import dev.stretcher.text.Printable;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;

/**
 * A search for secrets in one text. No regular expression: that of {@code java.util.regex} recurses
 * for each character, and the stack ends before a key does.
 */
final class SecretSearch {
  /** Of a secret that is cut by the end of a line, a shorter part is not told from other text. */
  static final int PART = 16;

  private static final String SHOWN = "***";

  private final String original;
  private final String end;
  private final SecretView text;
  private final BitSet secret = new BitSet();

  SecretSearch(String original) {
    this.original = original;
    // A secret that is cut ends before these words.
    this.end = original.endsWith(Printable.CONTINUED) ? Printable.CONTINUED : "";
    this.text =
        SecretView.of(SecretView.bytes(original.substring(0, original.length() - end.length())));
  }

  /** Returns the text without the words that say that it goes on. */
  SecretView text() {
    return text;
  }

  /** Finds some texts in all the forms that the text can have. */
  void find(List<String> secrets, List<SecretView> views) {
    for (SecretView view : views) {
      int from = 0;
      while (from < view.text().length() && view.text().charAt(from) <= ' ') {
        from++;
      }
      String line = view.text().strip();
      for (String each : secrets) {
        findWhole(each, view);
        if (Math.min(line.length(), each.length() - 1) >= PART) {
          findPart(each, line, view, from);
        }
      }
    }
  }

  /** Finds texts of base64, of which the first and the last character may also have other bits. */
  void findBase64(List<String> secrets, List<SecretView> views) {
    find(secrets, views);
    for (SecretView view : views) {
      widenBase64(secrets, view);
    }
  }

  private void widenBase64(List<String> secrets, SecretView view) {
    String line = view.text();
    for (String each : secrets) {
      for (int at = line.indexOf(each); at >= 0; at = line.indexOf(each, at + 1)) {
        int from = at > 0 && isBase64(line.charAt(at - 1)) && isNext(view, at) ? at - 1 : at;
        int to = at + each.length();
        to += to < line.length() && isBase64(line.charAt(to)) && isNext(view, to) ? 1 : 0;
        while (to < line.length() && line.charAt(to) == '=' && isNext(view, to)) {
          to++;
        }
        mark(view, from, to);
      }
    }
  }

  /** Tells whether nothing, such as the end of a line, is left out before a character. */
  private static boolean isNext(SecretView view, int at) {
    return view.end(at - 1) == view.start(at);
  }

  private static boolean isBase64(char c) {
    return c == '+'
        || c == '/'
        || (c >= '0' && c <= '9')
        || (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z');
  }

  private void findWhole(String wanted, SecretView view) {
    int at = view.text().indexOf(wanted);
    while (at >= 0) {
      mark(view, at, at + wanted.length());
      at = view.text().indexOf(wanted, at + 1);
    }
  }

  /** Finds a secret that began in the line before, or goes on in the next one, or both. */
  private void findPart(String wanted, String line, SecretView view, int from) {
    int to = from + line.length();
    if (wanted.contains(line)) {
      mark(view, from, to);
      return;
    }
    for (int part = Math.min(line.length(), wanted.length() - 1); part >= PART; part--) {
      if (line.regionMatches(0, wanted, wanted.length() - part, part)) {
        mark(view, from, from + part);
        break;
      }
    }
    for (int part = Math.min(line.length(), wanted.length() - 1); part >= PART; part--) {
      if (line.regionMatches(line.length() - part, wanted, 0, part)) {
        mark(view, to - part, to);
        break;
      }
    }
  }

  private void mark(SecretView view, int from, int to) {
    secret.set(view.start(from), view.end(to - 1));
  }

  /** Returns the text with what was found masked. */
  String masked() {
    if (secret.isEmpty()) {
      return original;
    }
    String bytes = text.text();
    StringBuilder result = new StringBuilder();
    int at = 0;
    while (at < bytes.length()) {
      int next = secret.nextSetBit(at);
      int until = next < 0 ? bytes.length() : next;
      result.append(bytes, at, until);
      at = until;
      if (next >= 0) {
        result.append(SHOWN);
        at = secret.nextClearBit(next);
      }
    }
    return new String(
            result.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
        + end;
  }
}
