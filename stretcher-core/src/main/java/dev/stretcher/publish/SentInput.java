package dev.stretcher.publish;

import dev.stretcher.internal.transfer.RateLimit;
import dev.stretcher.internal.transfer.SpeedFloor;
import dev.stretcher.process.Interrupts;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/**
 * Bytes on their way to a server: no faster than a limit, and the server has to take them fast
 * enough. It has taken what was read when more is read; in between it is waited for.
 */
final class SentInput extends FilterInputStream {
  private final RateLimit rate;
  private final SpeedFloor floor;
  private int onTheWay;

  SentInput(InputStream in, RateLimit rate, SpeedFloor floor) {
    super(in);
    this.rate = rate;
    this.floor = floor;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    floor.arrived(taken());
    int count = in.read(target, offset, rate.chunk(length));
    if (count > 0) {
      pace(count);
      onTheWay = count;
      floor.begin();
    }
    return count;
  }

  private int taken() {
    int count = onTheWay;
    onTheWay = 0;
    if (count > 0) {
      floor.end();
    }
    return count;
  }

  private void pace(int count) throws InterruptedIOException {
    try {
      rate.passed(count);
    } catch (InterruptedException e) {
      throw Interrupts.asIoException(e);
    }
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  @Override
  public void close() throws IOException {
    taken();
    super.close();
  }
}
