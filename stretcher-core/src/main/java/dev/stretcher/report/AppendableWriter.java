package dev.stretcher.report;

import java.io.IOException;
import java.io.Writer;
import java.nio.CharBuffer;

/** Writes to what can only be appended to, such as a print stream. Closing it leaves that open. */
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
