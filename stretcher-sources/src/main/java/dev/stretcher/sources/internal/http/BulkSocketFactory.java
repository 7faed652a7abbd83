package dev.stretcher.sources.internal.http;

import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.SocketFactory;

/** Makes {@link BulkSocket}s, not yet connected: OkHttp connects them. */
final class BulkSocketFactory extends SocketFactory {
  private final int readTimeoutMillis;

  BulkSocketFactory(Duration readTimeout) {
    this.readTimeoutMillis = Math.toIntExact(readTimeout.toMillis());
  }

  @Override
  public Socket createSocket() {
    return new BulkSocket(readTimeoutMillis);
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }
}
