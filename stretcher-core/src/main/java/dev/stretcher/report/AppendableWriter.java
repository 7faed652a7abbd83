package dev.stretcher.report;

import java.io.IOException;
import java.io.Writer;
import java.nio.CharBuffer;

/**
 * Writes to an {@link Appendable}, such as a print stream. Closing the writer does not close that.
 */
final class AppendableWriter extends Writer {
  private final Appendable out;

  AppendableWriter(Appendable out) {
    this.out = out;
  }

  @Override
  public void write(char[] characters, int offset, int length) throws IOException {
    out.append(CharBuffer.wrap(characters, offset, length));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
