package dev.stretcher.sources.internal.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;

/**
 * A socket for large answers: it is read in large pieces, where OkHttp asks for 8 KiB at a time,
 * and the operating system watches the time between two bytes, where Okio would for each piece wake
 * up a thread.
 */
final class BulkSocket extends Socket {
  private static final int BUFFER = 128 << 10;

  private final int readTimeoutMillis;

  BulkSocket(int readTimeoutMillis) {
    this.readTimeoutMillis = readTimeoutMillis;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new BufferedInputStream(super.getInputStream(), BUFFER);
  }

  /** Takes 0, which is no limit, for its own limit, which may be none either. */
  @Override
  public synchronized void setSoTimeout(int millis) throws SocketException {
    super.setSoTimeout(millis == 0 ? readTimeoutMillis : millis);
  }
}
