package dev.stretcher.internal.transfer;

import dev.stretcher.process.Interrupts;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/** The input of one connection, slowed down so that all connections together keep to the limit. */
final class PacedInput extends FilterInputStream {
  private final RateLimit rate;
  private final StallWatch watch;
  private final SpeedFloor floor;

  PacedInput(InputStream in, RateLimit rate, StallWatch watch, SpeedFloor floor) {
    super(in);
    this.rate = rate;
    this.watch = watch;
    this.floor = floor;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = await(target, offset, rate.chunk(length));
    watch.arrived();
    if (count > 0) {
      floor.arrived(count);
      pace(count);
    }
    return count;
  }

  private int await(byte[] target, int offset, int length) throws IOException {
    floor.begin();
    try {
      return in.read(target, offset, length);
    } finally {
      floor.end();
    }
  }

  private void pace(int count) throws InterruptedIOException {
    try {
      rate.passed(count);
    } catch (InterruptedException e) {
      throw Interrupts.asIoException(e);
    }
  }
}
