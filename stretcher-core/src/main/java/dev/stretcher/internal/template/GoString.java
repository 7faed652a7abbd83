package dev.stretcher.internal.template;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A string constant of Go: in double quotes with escapes, or in back quotes without. See the <a
 * href="https://go.dev/ref/spec#String_literals">specification</a>.
 *
 * @param value the text that it stands for
 * @param end where the text after it begins
 */
record GoString(String value, int end) {
  private static final String SIMPLE = "abfnrtv\\\"";
  private static final String MEANING = "\u0007\b\f\n\r\t\u000b\\\"";

  static GoString read(String text, int start) throws TemplateException {
    return text.charAt(start) == '`' ? raw(text, start) : quoted(text, start);
  }

  private static GoString raw(String text, int start) throws TemplateException {
    int close = text.indexOf('`', start + 1);
    if (close < 0) {
      throw new TemplateException("a string is not closed; end it with `");
    }
    return new GoString(text.substring(start + 1, close).replace("\r", ""), close + 1);
  }

  private static GoString quoted(String text, int start) throws TemplateException {
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    int at = start + 1;
    while (at < text.length() && text.charAt(at) != '\n') {
      int c = text.codePointAt(at);
      if (c == '"') {
        return new GoString(value.toString(StandardCharsets.UTF_8), at + 1);
      }
      if (c == '\\') {
        at = escape(text, at + 1, value);
      } else {
        value.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        at += Character.charCount(c);
      }
    }
    throw new TemplateException("a string is not closed; end it with \"");
  }

  /**
   * Appends the text that the escape after a backslash stands for, and returns where the escape
   * ends.
   */
  private static int escape(String text, int at, ByteArrayOutputStream value)
      throws TemplateException {
    char kind = at < text.length() ? text.charAt(at) : '\n';
    int simple = SIMPLE.indexOf(kind);
    if (simple >= 0) {
      value.write(MEANING.charAt(simple));
      return at + 1;
    }
    switch (kind) {
      case 'x' -> value.write(number(text, at + 1, 2, 16, 0xff));
      case 'u' -> append(value, number(text, at + 1, 4, 16, 0xffff));
      case 'U' -> append(value, number(text, at + 1, 8, 16, Character.MAX_CODE_POINT));
      case '0', '1', '2', '3', '4', '5', '6', '7' -> value.write(number(text, at, 3, 8, 0xff));
      default -> throw new TemplateException("\\" + kind + " is not an escape in a string");
    }
    return at + (kind == 'x' ? 3 : kind == 'u' ? 5 : kind == 'U' ? 9 : 3);
  }

  private static void append(ByteArrayOutputStream value, int codePoint) throws TemplateException {
    if (Character.getType(codePoint) == Character.SURROGATE) {
      throw new TemplateException("\\u%x in a string is half a character".formatted(codePoint));
    }
    value.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
  }

  private static int number(String text, int at, int digits, int radix, int max)
      throws TemplateException {
    try {
      String number = text.substring(at, Math.min(text.length(), at + digits));
      if (number.length() == digits
          && number.chars().allMatch(c -> Character.digit(c, radix) >= 0)) {
        long value = Long.parseLong(number, radix);
        if (value <= max) {
          return (int) value;
        }
      }
    } catch (IndexOutOfBoundsException e) {
      throw new TemplateException("an escape in a string is cut off");
    }
    throw new TemplateException(
        "an escape in a string needs %s digits up to %x".formatted(digits, max));
  }
}
