package dev.stretcher.internal.fetch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.BooleanSupplier;

/** Counts the bytes that are read, and reports progress from time to time. */
final class MeteredInput extends FilterInputStream {
  private final ProgressMeter meter;
  private final BooleanSupplier time;
  private long untold;

  MeteredInput(InputStream in, ProgressMeter meter, BooleanSupplier time) {
    super(in);
    this.meter = meter;
    this.time = time;
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    count(one < 0 ? 0 : 1);
    return one;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = super.read(target, offset, length);
    count(Math.max(0, count));
    return count;
  }

  private void count(int bytes) {
    untold += bytes;
    if (time.getAsBoolean()) {
      meter.add(untold);
      untold = 0;
    }
  }
}
