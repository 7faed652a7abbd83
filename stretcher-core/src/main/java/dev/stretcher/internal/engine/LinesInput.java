package dev.stretcher.internal.engine;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/** Lines as a stream in UTF-8, each encoded only when it is read. */
final class LinesInput extends InputStream {
  private final Iterator<String> lines;
  private byte[] line = new byte[0];
  private int position;

  LinesInput(Iterator<String> lines) {
    this.lines = lines;
  }

  @Override
  public int read() {
    return advance() ? line[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (!advance()) {
      return -1;
    }
    // As much as there is room for: whoever reads may write each piece by a call of its own.
    int count = 0;
    while (count < length && advance()) {
      int some = Math.min(length - count, line.length - position);
      System.arraycopy(line, position, target, offset + count, some);
      position += some;
      count += some;
    }
    return count;
  }

  private boolean advance() {
    if (position == line.length && lines.hasNext()) {
      line = (lines.next() + "\n").getBytes(StandardCharsets.UTF_8);
      position = 0;
    }
    return position < line.length;
  }
}
