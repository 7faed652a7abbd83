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

  private final String text;

  /** Where each byte begins, and where the last one ends. */
  private final int[] starts;

  private SecretView(String text, int[] starts) {
    this.text = text;
    this.starts = starts;
  }

  String text() {
    return text;
  }

  static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  static SecretView of(String bytes) {
    int[] starts = new int[bytes.length() + 1];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = i;
    }
    return new SecretView(bytes, starts);
  }

  int start(int index) {
    return starts[index];
  }

  /** Returns the text and what it may have been before it was encoded. */
  static List<SecretView> spelled(SecretView text) {
    List<SecretView> views = new ArrayList<>();
    views.add(text);
    if (text.text.indexOf('\\') >= 0) {
      views.add(text.decoded(SecretView::quote));
      views.add(text.decoded(SecretView::escape));
    }
    if (text.text.indexOf('%') >= 0) {
      SecretView once = text.decoded(SecretView::percent);
      views.add(once);
      views.add(once.decoded(SecretView::percent));
    }
    if (text.text.indexOf('+') >= 0) {
      SecretView form = text.decoded(SecretView::form);
      views.add(form);
      views.add(form.decoded(SecretView::percent));
    }
    return views;
  }

  SecretView lowerCase() {
    return new SecretView(text.toLowerCase(Locale.ROOT), starts);
  }

  /** Returns the text with the usual alphabet of base64 in the place of that for URLs. */
  SecretView base64() {
    return new SecretView(text.replace('-', '+').replace('_', '/'), starts);
  }

  /** Decodes what stands at a place, and tells how long that is; 0 if it is not encoded. */
  @FunctionalInterface
  private interface Decoder {
    int decode(String text, int at, StringBuilder decoded);
  }

  private SecretView decoded(Decoder decoder) {
    StringBuilder decoded = new StringBuilder(text.length());
    int[] places = new int[text.length() + 1];
    int at = 0;
    while (at < text.length()) {
      int before = decoded.length();
      int length = decoder.decode(text, at, decoded);
      if (length == 0) {
        decoded.append(text.charAt(at));
        length = 1;
      }
      Arrays.fill(places, before, decoded.length(), starts[at]);
      at += length;
    }
    places[decoded.length()] = starts[at];
    return new SecretView(decoded.toString(), places);
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
    decoded.append(bytes(character));
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
