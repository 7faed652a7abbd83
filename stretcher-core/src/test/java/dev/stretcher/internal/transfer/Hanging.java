package dev.stretcher.internal.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;

/** Sends nothing until it is closed. */
final class Hanging extends InputStream {
  private final CountDownLatch reading;
  private final CountDownLatch closed = new CountDownLatch(1);

  Hanging(CountDownLatch reading) {
    this.reading = reading;
  }

  @Override
  public int read() throws IOException {
    reading.countDown();
    boolean interrupted = false;
    while (true) {
      try {
        closed.await();
        break;
      } catch (InterruptedException e) {
        // As a socket, it does not heed that.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    throw new IOException("closed");
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
