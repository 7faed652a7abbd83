package dev.stretcher.cli.rehearsal;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** As much of an HTTP server as a rehearsal needs, for this machine only. */
final class RehearsalServer implements Closeable {
  // Those of nginx, but for the ETag: without one, the dates are looked at.
  private static final String HEADERS =
      """
      HTTP/1.1 200 OK
      Server: nginx/1.22.1
      Date: Wed, 25 Nov 2026 08:00:00 GMT
      Content-Type: application/octet-stream
      Content-Length: %d
      Last-Modified: Wed, 25 Nov 2026 07:00:00 GMT
      Connection: keep-alive
      Accept-Ranges: bytes

      """;

  private final ServerSocket socket;
  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();

  private RehearsalServer(ServerSocket socket) {
    this.socket = socket;
  }

  static RehearsalServer start() throws IOException {
    RehearsalServer server =
        new RehearsalServer(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
    Thread thread = new Thread(server::serve, "stretcher-rehearsal");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  void put(String path, byte[] content) {
    objects.put(path, content);
  }

  private void serve() {
    try {
      while (!socket.isClosed()) {
        try (Socket connection = socket.accept()) {
          answerAll(connection);
        }
      }
    } catch (IOException e) {
      // It was closed, or the client was: then the rehearsal fails and says why.
      return;
    }
  }

  private void answerAll(Socket connection) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
    for (String request = in.readLine(); request != null; request = in.readLine()) {
      while (!in.readLine().isEmpty()) {
        // The headers do not matter.
      }
      answer(connection, request.split(" ")[1]);
    }
  }

  private void answer(Socket connection, String path) throws IOException {
    byte[] body = objects.getOrDefault(path, new byte[0]);
    OutputStream out = connection.getOutputStream();
    out.write(
        HEADERS.formatted(body.length).replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.write(body);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
