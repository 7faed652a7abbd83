package dev.stretcher.process;

import dev.stretcher.text.Printable;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Splits chunks of bytes into lines of text. Splits a very long line, which may have no end, into
 * several.
 */
final class LineSplitter {
  static final int LONGEST = 1 << 16;

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private final CharBuffer decoded = CharBuffer.allocate(8192);
  private final StringBuilder line = new StringBuilder();
  private final Consumer<String> lines;

  LineSplitter(Consumer<String> lines) {
    this.lines = lines;
  }

  /** Takes bytes; an incomplete character at the end stays in {@code chunk}. */
  void take(ByteBuffer chunk) {
    decode(chunk, false);
  }

  /** Takes the last bytes and delivers the last line, if it is not empty. */
  void finish(ByteBuffer chunk) {
    decode(chunk, true);
    if (line.length() > 0) {
      deliver();
    }
  }

  private void decode(ByteBuffer chunk, boolean last) {
    CoderResult result;
    do {
      result = decoder.decode(chunk, decoded, last);
      decoded.flip();
      while (decoded.hasRemaining()) {
        split(decoded.get());
      }
      decoded.clear();
    } while (result.isOverflow());
  }

  private void split(char c) {
    if (c == '\n') {
      endLine();
      return;
    }
    int most = c == '\r' ? LONGEST + 1 : LONGEST;
    if (line.length() >= most && !Character.isHighSurrogate(line.charAt(line.length() - 1))) {
      line.append(Printable.CONTINUED);
      deliver();
    }
    line.append(c);
  }

  private void endLine() {
    int last = line.length() - 1;
    if (last >= 0 && line.charAt(last) == '\r') {
      line.setLength(last);
    }
    deliver();
  }

  private void deliver() {
    String text = line.toString();
    line.setLength(0);
    lines.accept(text);
  }
}
