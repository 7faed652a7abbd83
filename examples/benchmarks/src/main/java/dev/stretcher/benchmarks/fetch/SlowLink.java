package dev.stretcher.benchmarks.fetch;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/**
 * A long way to a server on this machine: each byte arrives later, and a connection has no more
 * than a window of bytes on the way, which is what limits TCP over a long distance with some loss.
 * Prints the port that it listens on, and ends with its STDIN.
 */
public final class SlowLink {
  private SlowLink() {}

  /**
   * Runs it.
   *
   * @param args the port of the server, the round trip in milliseconds, the window in bytes
   */
  public static void main(String[] args) throws IOException {
    int server = Integer.parseInt(args[0]);
    Duration roundTrip = Duration.ofMillis(Long.parseLong(args[1]));
    int window = Integer.parseInt(args[2]);
    ServerSocket listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    System.out.println(listening.getLocalPort());
    Thread accepting = new Thread(() -> accept(listening, server, roundTrip, window));
    accepting.setDaemon(true);
    accepting.start();
    while (System.in.read() >= 0) {
      // Nothing is said to it.
    }
  }

  private static void connect(Socket client, int server, Duration roundTrip, int window)
      throws IOException {
    try {
      Socket to = new Socket(InetAddress.getLoopbackAddress(), server);
      SlowDirection.start(client, to, roundTrip, window);
      SlowDirection.start(to, client, roundTrip, window);
    } catch (ConnectException e) {
      // As far as the client can see, that is what the server does.
      client.close();
    }
  }

  private static void accept(ServerSocket listening, int server, Duration roundTrip, int window) {
    try {
      while (true) {
        connect(listening.accept(), server, roundTrip, window);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
