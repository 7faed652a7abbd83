package dev.stretcher.internal.tar;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Walks over the records {@code LENGTH KEY=VALUE\n} of a PAX extended header. */
final class PaxRecords {
  private final byte[] content;
  private int next;
  private int start;
  private int equals;

  PaxRecords(byte[] content) {
    this.content = content;
  }

  /**
   * Moves to the next record; tells whether there is one. As for GNU tar, blanks may come before
   * the length, which counts them, and after it.
   */
  boolean next() throws ArchiveException {
    int begin = next;
    int i = skipBlanks(begin);
    if (i >= content.length || content[i] == 0) {
      return false;
    }
    int length = 0;
    while (i < content.length && content[i] >= '0' && content[i] <= '9' && length < 1 << 24) {
      length = length * 10 + content[i++] - '0';
    }
    next = begin + length;
    start = skipBlanks(i);
    if (start == i || next > content.length || next <= start) {
      throw malformed();
    }
    equals = start;
    while (equals < next && content[equals] != '=') {
      equals++;
    }
    if (equals == next || content[next - 1] != '\n') {
      throw malformed();
    }
    return true;
  }

  String key() {
    return new String(content, start, equals - start, StandardCharsets.ISO_8859_1);
  }

  byte[] value() {
    return Arrays.copyOfRange(content, equals + 1, next - 1);
  }

  private int skipBlanks(int from) {
    int i = from;
    while (i < content.length && (content[i] == ' ' || content[i] == '\t')) {
      i++;
    }
    return i;
  }

  private static ArchiveException malformed() {
    return ArchiveException.of(
        "a PAX extended header is malformed, expected records 'LENGTH KEY=VALUE'; build and upload"
            + " the archive again");
  }
}
