package dev.stretcher.publish;

import dev.stretcher.internal.transfer.RateLimit;
import dev.stretcher.internal.transfer.SpeedFloor;
import dev.stretcher.process.Interrupts;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.function.LongConsumer;

/**
 * Bytes on their way to a server: a listener hears how far they are, they are no faster than a
 * limit, and the server has to take them fast enough. It has taken what was read when more is read;
 * in between it is waited for.
 */
final class SentInput extends FilterInputStream {
  private final LongConsumer listener;
  private final RateLimit rate;
  private final SpeedFloor floor;
  private long position;
  private int onTheWay;

  /**
   * Sends bytes.
   *
   * @param position that of the first one
   * @param listener hears the position of the next one
   */
  SentInput(
      InputStream in, long position, LongConsumer listener, RateLimit rate, SpeedFloor floor) {
    super(in);
    this.position = position;
    this.listener = listener;
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
      position += count;
      listener.accept(position);
      pace(count);
      onTheWay = count;
      floor.begin();
    }
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = in.skip(count);
    position += skipped;
    return skipped;
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
