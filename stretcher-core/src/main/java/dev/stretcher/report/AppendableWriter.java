package dev.stretcher.report;

import dev.stretcher.text.Printable;
import java.io.IOException;
import java.io.Writer;
import java.nio.CharBuffer;

/**
 * Writes JSON to an {@link Appendable}, such as a print stream. Closing the writer does not close
 * that. No character ends a line, not even for programs that split lines at U+2028.
 */
final class AppendableWriter extends Writer {
  private final Appendable out;

  AppendableWriter(Appendable out) {
    this.out = out;
  }

  @Override
  public void write(char[] characters, int offset, int length) throws IOException {
    out.append(Printable.json(CharBuffer.wrap(characters, offset, length)));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
