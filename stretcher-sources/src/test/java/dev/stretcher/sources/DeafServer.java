package dev.stretcher.sources;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A server that says that nothing is there, and reads no body that is sent to it. */
final class DeafServer implements Closeable {
  private static final byte[] NOTHING_THERE =
      "HTTP/1.1 404 Not Found\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

  private final OpenPort port = new OpenPort(this::serve);

  DeafServer() throws IOException {}

  URI uri(String scheme) {
    return port.uri(scheme, "");
  }

  private void serve(Socket socket) {
    try (socket) {
      while (RawServer.readHead(socket.getInputStream()).startsWith("HEAD")) {
        socket.getOutputStream().write(NOTHING_THERE);
      }
      port.awaitClosed();
    } catch (IOException | InterruptedException e) {
      // The client is gone, or the test is over.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    port.close();
  }
}
