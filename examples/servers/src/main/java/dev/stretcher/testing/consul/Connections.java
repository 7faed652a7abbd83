package dev.stretcher.testing.consul;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * HTTP/1.1 as far as clients of Consul need it, with a thread for each connection. The server of
 * the JDK does not tell that a client went away.
 */
final class Connections {
  /** Answers a request; empty closes the connection. */
  @FunctionalInterface
  interface Answers {
    Optional<Reply> to(Question question, Peer peer) throws InterruptedException;
  }

  /** Who asks. */
  interface Peer {
    /** Tells whether the connection is open. */
    boolean isThere();
  }

  private final Answers answers;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private ServerSocket server;
  private final int port;

  Connections(int port, Answers answers) throws IOException {
    this.answers = answers;
    this.server = listening(port);
    this.port = server.getLocalPort();
    accept(server);
  }

  private static ServerSocket listening(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
    return socket;
  }

  int port() {
    return port;
  }

  synchronized void start() throws IOException {
    if (server.isClosed()) {
      server = listening(port);
      accept(server);
    }
  }

  synchronized void stop() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  private void accept(ServerSocket listening) {
    thread(
        () -> {
          while (!listening.isClosed()) {
            try {
              Socket socket = listening.accept();
              thread(() -> serve(socket, listening));
            } catch (IOException e) {
              // It was stopped.
              return;
            }
          }
        });
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "consul-double");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(Socket socket, ServerSocket listening) {
    open.add(socket);
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      boolean goesOn = !listening.isClosed();
      while (goesOn) {
        goesOn = serveOne(socket, in);
      }
    } catch (IOException | InterruptedException e) {
      // The client went away, or the server did.
      return;
    } finally {
      open.remove(socket);
    }
  }

  private boolean serveOne(Socket socket, InputStream in) throws IOException, InterruptedException {
    String request = line(in);
    if (request.isEmpty()) {
      return false;
    }
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String[] parts = line.split(":", 2);
      headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
    }
    if (headers.containsKey("expect")) {
      socket
          .getOutputStream()
          .write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    String[] parts = request.split(" ");
    String token = headers.getOrDefault("x-consul-token", "");
    Question question = Question.of(parts[0], parts[1], token, body);
    Optional<Reply> reply = answers.to(question, () -> isThere(socket, in));
    if (reply.isPresent()) {
      socket.getOutputStream().write(reply.get().bytes());
    }
    return reply.isPresent();
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  private static boolean isThere(Socket socket, InputStream in) {
    try {
      socket.setSoTimeout(1);
      in.mark(1);
      boolean ended = in.read() < 0;
      in.reset();
      socket.setSoTimeout(0);
      return !ended;
    } catch (SocketTimeoutException e) {
      return resumes(socket);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean resumes(Socket socket) {
    try {
      socket.setSoTimeout(0);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
