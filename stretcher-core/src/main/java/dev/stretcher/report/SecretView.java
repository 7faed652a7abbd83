package dev.stretcher.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A text as an encoder of some kind had it, which knows where each byte stands in the text that was
 * given. Its bytes in UTF-8 are a character each.
 */
final class SecretView {
  private static final String QUOTE = "'\\''";
  private static final String ESCAPES = "ntrbf";
  private static final String ESCAPED = "\n\t\r\b\f";
  private static final char LONE_BYTE = 0xdc80;

  private final String text;

  /** Where each byte begins. */
  private final int[] starts;

  /** Where each byte ends. */
  private final int[] ends;

  private SecretView(String text, int[] starts, int[] ends) {
    this.text = text;
    this.starts = starts;
    this.ends = ends;
  }

  String text() {
    return text;
  }

  static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  static SecretView of(String bytes) {
    int[] starts = new int[bytes.length()];
    int[] ends = new int[bytes.length()];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = i;
      ends[i] = i + 1;
    }
    return new SecretView(bytes, starts, ends);
  }

  int start(int index) {
    return starts[index];
  }

  int end(int index) {
    return ends[index];
  }

  /** Returns the text and what it may have been before it was encoded, once or twice. */
  static List<SecretView> spelled(SecretView text) {
    List<SecretView> views = new ArrayList<>();
    views.add(text);
    if (text.text.indexOf('\\') >= 0) {
      text.decode(SecretView::quote, views);
      SecretView once = text.decode(SecretView::escape, views);
      once.decode(SecretView::escape, views);
      once.decode(SecretView::percent, views);
    }
    if (text.text.indexOf('%') >= 0) {
      SecretView once = text.decode(SecretView::percent, views);
      once.decode(SecretView::percent, views);
      once.decode(SecretView::escape, views);
    }
    if (text.text.indexOf('+') >= 0) {
      text.decode(SecretView::form, views).decode(SecretView::percent, views);
    }
    return views;
  }

  /** Adds a view, unless it shows nothing new. */
  private SecretView decode(Decoder decoder, List<SecretView> views) {
    SecretView decoded = decoded(decoder);
    if (decoded.text.equals(text)) {
      return this;
    }
    views.add(decoded);
    return decoded;
  }

  /** Returns views of hexadecimal digits, whatever case and lines they have. */
  static List<SecretView> hex(List<SecretView> views) {
    return views.stream().map(view -> view.unwrapped().lowerCase()).toList();
  }

  /** Returns views of base64 in its usual alphabet, whatever alphabet and lines it has. */
  static List<SecretView> base64(List<SecretView> views) {
    return views.stream().map(view -> view.unwrapped().usualAlphabet()).toList();
  }

  private SecretView lowerCase() {
    return new SecretView(text.toLowerCase(Locale.ROOT), starts, ends);
  }

  private SecretView usualAlphabet() {
    return new SecretView(text.replace('-', '+').replace('_', '/'), starts, ends);
  }

  private SecretView unwrapped() {
    boolean wrapped = text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    return wrapped ? decoded(SecretView::lineBreak) : this;
  }

  /** Decodes what stands at a place, and tells how long that is; 0 if it is not encoded. */
  @FunctionalInterface
  private interface Decoder {
    int decode(String text, int at, StringBuilder decoded);
  }

  private SecretView decoded(Decoder decoder) {
    StringBuilder decoded = new StringBuilder(text.length());
    int[] from = new int[text.length()];
    int[] to = new int[text.length()];
    int at = 0;
    while (at < text.length()) {
      int before = decoded.length();
      int length = decoder.decode(text, at, decoded);
      if (length == 0) {
        decoded.append(text.charAt(at));
        length = 1;
      }
      Arrays.fill(from, before, decoded.length(), starts[at]);
      at += length;
      Arrays.fill(to, before, decoded.length(), ends[at - 1]);
    }
    return new SecretView(decoded.toString(), from, to);
  }

  private static int percent(String text, int at, StringBuilder decoded) {
    if (text.charAt(at) != '%' || !areHex(text, at + 1, 2)) {
      return 0;
    }
    decoded.append((char) HexFormat.fromHexDigits(text, at + 1, at + 3));
    return 3;
  }

  private static int form(String text, int at, StringBuilder decoded) {
    if (text.charAt(at) != '+') {
      return percent(text, at, decoded);
    }
    decoded.append(' ');
    return 1;
  }

  /** Drops a line break, and the indentation behind it. */
  private static int lineBreak(String text, int at, StringBuilder decoded) {
    int end = skip(text, at, "\r\n");
    return end == at ? 0 : skip(text, end, " \t") - at;
  }

  private static int skip(String text, int from, String characters) {
    int at = from;
    while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  private static int quote(String text, int at, StringBuilder decoded) {
    if (!text.startsWith(QUOTE, at)) {
      return 0;
    }
    decoded.append('\'');
    return QUOTE.length();
  }

  private static int escape(String text, int at, StringBuilder decoded) {
    int quote = quote(text, at, decoded);
    if (quote > 0 || text.charAt(at) != '\\' || at + 1 == text.length()) {
      return quote;
    }
    char c = text.charAt(at + 1);
    if (c == 'u' && areHex(text, at + 2, 4)) {
      return utf16(text, at, decoded);
    }
    if (c == 'x' && areHex(text, at + 2, 2)) {
      decoded.append((char) HexFormat.fromHexDigits(text, at + 2, at + 4));
      return 4;
    }
    int known = ESCAPES.indexOf(c);
    if (known >= 0) {
      decoded.append(ESCAPED.charAt(known));
      return 2;
    }
    // No encoder writes a backslash before another letter, so the text itself has it.
    if (Character.isLetterOrDigit(c) && c < 0x80) {
      return 0;
    }
    decoded.append(c);
    return 2;
  }

  private static int utf16(String text, int at, StringBuilder decoded) {
    char first = (char) HexFormat.fromHexDigits(text, at + 2, at + 6);
    String character = String.valueOf(first);
    boolean isPair =
        Character.isHighSurrogate(first)
            && text.startsWith("\\u", at + 6)
            && areHex(text, at + 8, 4);
    if (isPair) {
      character += (char) HexFormat.fromHexDigits(text, at + 8, at + 12);
    }
    // Half a pair is how Python has a byte that is not UTF-8.
    boolean isByte = first >= LONE_BYTE && first < LONE_BYTE + 0x80;
    decoded.append(isByte ? String.valueOf((char) (first - LONE_BYTE + 0x80)) : bytes(character));
    return isPair ? 12 : 6;
  }

  private static boolean areHex(String text, int from, int count) {
    if (from + count > text.length()) {
      return false;
    }
    for (int i = from; i < from + count; i++) {
      if (!HexFormat.isHexDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
