package dev.stretcher.sources;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** A free port of this machine, with a thread for each connection to it. */
final class OpenPort implements Closeable {
  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * Opens it.
   *
   * @param server what is done with a connection
   */
  OpenPort(Consumer<Socket> server) throws IOException {
    daemon(() -> accept(server));
  }

  private void accept(Consumer<Socket> server) {
    try {
      while (closed.getCount() > 0) {
        Socket client = listening.accept();
        daemon(() -> server.accept(client));
      }
    } catch (IOException e) {
      // Closed.
      closed.countDown();
    }
  }

  URI uri(String scheme, String rest) {
    return URI.create(scheme + "://127.0.0.1:" + listening.getLocalPort() + rest);
  }

  /** Waits until it is closed. */
  void awaitClosed() throws InterruptedException {
    closed.await();
  }

  static void daemon(Runnable work) {
    Thread thread = new Thread(work, "open-port");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    listening.close();
  }
}
