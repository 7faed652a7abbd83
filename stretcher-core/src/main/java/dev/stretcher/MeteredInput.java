package dev.stretcher;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what is read. */
final class MeteredInput extends FilterInputStream {
  private final ProgressMeter meter;

  MeteredInput(InputStream in, ProgressMeter meter) {
    super(in);
    this.meter = meter;
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    meter.add(one < 0 ? 0 : 1);
    return one;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = super.read(target, offset, length);
    meter.add(Math.max(0, count));
    return count;
  }
}
