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
      HTTP/1.1 %s
      Server: nginx/1.22.1
      Date: Wed, 25 Nov 2026 08:00:00 GMT
      Content-Type: application/octet-stream
      Content-Length: %d
      Last-Modified: Wed, 25 Nov 2026 07:00:00 GMT
      Connection: keep-alive
      Accept-Ranges: bytes

      """;

  private static final String RANGE = "Range: bytes=";

  private final ServerSocket socket;
  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();

  private RehearsalServer(ServerSocket socket) {
    this.socket = socket;
  }

  static RehearsalServer start() throws IOException {
    RehearsalServer server =
        new RehearsalServer(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
    run(server::serve);
    return server;
  }

  private static void run(Runnable work) {
    Thread thread = new Thread(work, "stretcher-rehearsal");
    thread.setDaemon(true);
    thread.start();
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
        Socket connection = socket.accept();
        // A client may have more than one.
        run(() -> serve(connection));
      }
    } catch (IOException e) {
      // It was closed.
      return;
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      answerAll(connection);
    } catch (IOException e) {
      // The client was closed, or fails and says why.
      return;
    }
  }

  private void answerAll(Socket connection) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
    for (String request = in.readLine(); request != null; request = in.readLine()) {
      String range = "";
      for (String header = in.readLine(); !header.isEmpty(); header = in.readLine()) {
        // The other headers do not matter.
        if (header.regionMatches(true, 0, RANGE, 0, RANGE.length())) {
          range = header.substring(RANGE.length()).strip();
        }
      }
      answer(connection, objects.getOrDefault(request.split(" ")[1], new byte[0]), range);
    }
  }

  /**
   * Answers a request.
   *
   * @param range the part that is wanted, {@code FIRST-LAST}, {@code FIRST-} or {@code -COUNT};
   *     empty if all is
   */
  private static void answer(Socket connection, byte[] object, String range) throws IOException {
    int dash = range.indexOf('-');
    String before = range.substring(0, Math.max(dash, 0));
    String after = range.substring(dash + 1);
    int first = 0;
    int end = object.length;
    if (!before.isEmpty()) {
      first = Integer.parseInt(before);
      end = after.isEmpty() ? end : Math.min(end, Integer.parseInt(after) + 1);
    } else if (!after.isEmpty()) {
      first = Math.max(0, end - Integer.parseInt(after));
    }
    String status =
        range.isEmpty()
            ? "200 OK"
            : "206 Partial Content\nContent-Range: bytes %s-%s/%s"
                .formatted(first, end - 1, object.length);
    OutputStream out = connection.getOutputStream();
    String headers = HEADERS.formatted(status, end - first).replace("\n", "\r\n");
    out.write(headers.getBytes(StandardCharsets.ISO_8859_1));
    out.write(object, first, end - first);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
