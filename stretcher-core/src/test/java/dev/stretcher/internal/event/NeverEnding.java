package dev.stretcher.internal.event;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A terminal: where another stream ends, the reader waits for ever, which fails the test here. */
final class NeverEnding extends InputStream {
  private final ByteArrayInputStream typed;

  NeverEnding(String text) {
    typed = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int available() {
    return typed.available();
  }

  @Override
  public int read() {
    int b = typed.read();
    if (b < 0) {
      throw new AssertionError("this read would wait for ever");
    }
    return b;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    int count = typed.read(bytes, offset, length);
    if (count < 0) {
      throw new AssertionError("this read would wait for ever");
    }
    return count;
  }
}
