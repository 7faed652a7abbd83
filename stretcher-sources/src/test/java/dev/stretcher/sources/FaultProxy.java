package dev.stretcher.sources;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a client and a server, and does to connections what bad networks do. */
final class FaultProxy implements Closeable {
  private final int behind;
  private final OpenPort port;
  private final AtomicInteger connections = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Fault fault = Fault.NONE;
  private volatile int faults;

  /** What happens to the bytes of a server's answers. */
  @FunctionalInterface
  interface Fault {
    Fault NONE = (answers, client, proxy) -> pump(answers, client, Long.MAX_VALUE);

    /** Passes on what a server says until the connection is to be closed. */
    void pass(InputStream answers, OutputStream client, FaultProxy proxy)
        throws IOException, InterruptedException;

    /** Closes the connection after so many bytes. */
    static Fault cutAfter(long bytes) {
      return (answers, client, proxy) -> pump(answers, client, bytes);
    }

    /** Says nothing any more after so many bytes. */
    static Fault stallAfter(long bytes) {
      return (answers, client, proxy) -> {
        pump(answers, client, bytes);
        proxy.port.awaitClosed();
      };
    }

    /** Changes one byte. */
    static Fault corrupt(long at) {
      return (answers, client, proxy) -> {
        pump(answers, client, at);
        client.write(answers.read() ^ 0xff);
        pump(answers, client, Long.MAX_VALUE);
      };
    }

    /** Passes on some bytes at a time. */
    static Fault drip(int bytes) {
      return (answers, client, proxy) -> {
        byte[] buffer = new byte[bytes];
        for (int n = answers.read(buffer); n >= 0; n = answers.read(buffer)) {
          client.write(buffer, 0, n);
          client.flush();
        }
      };
    }
  }

  /** Listens for connections to a server on this machine. */
  FaultProxy(int server) throws IOException {
    this.behind = server;
    this.port = new OpenPort(this::serve);
  }

  /** Does something to the next connections. */
  void fault(Fault with, int times) {
    connections.set(0);
    faults = times;
    fault = with;
  }

  URI uri(String path) {
    return port.uri("http", path);
  }

  /** Returns how many clients are connected. */
  int open() {
    return open.size();
  }

  private void serve(Socket client) {
    open.add(client);
    Fault with = connections.incrementAndGet() > faults ? Fault.NONE : fault;
    try (client;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
      OpenPort.daemon(() -> forward(client, server));
      with.pass(server.getInputStream(), client.getOutputStream(), this);
    } catch (IOException | InterruptedException e) {
      // One of the two went away.
      open.remove(client);
    } finally {
      open.remove(client);
    }
  }

  /** Requests are passed on as they are; when the client goes, so does the server. */
  private void forward(Socket client, Socket server) {
    try (client;
        server) {
      pump(client.getInputStream(), server.getOutputStream(), Long.MAX_VALUE);
    } catch (IOException e) {
      open.remove(client);
    } finally {
      open.remove(client);
    }
  }

  private static void pump(InputStream in, OutputStream out, long most) throws IOException {
    byte[] buffer = new byte[1 << 14];
    long left = most;
    while (left > 0) {
      int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        return;
      }
      out.write(buffer, 0, count);
      left -= count;
    }
  }

  @Override
  public void close() throws IOException {
    port.close();
  }
}
