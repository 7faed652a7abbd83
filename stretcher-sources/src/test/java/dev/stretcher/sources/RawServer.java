package dev.stretcher.sources;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** A server that says what it is told to, which need not be HTTP. */
final class RawServer implements Closeable {
  private final CountDownLatch asked = new CountDownLatch(1);
  private final String answer;
  private final boolean stalls;
  private final OpenPort port;

  private RawServer(String answer, boolean stalls) throws IOException {
    this.answer = answer;
    this.stalls = stalls;
    this.port = new OpenPort(this::serve);
  }

  /** Says {@code answer} and closes the connection. */
  static RawServer saying(String... answer) throws IOException {
    return new RawServer(String.join("\r\n", answer), false);
  }

  /** Says {@code answer} and then nothing, until it is closed. */
  static RawServer stallingAfter(String... answer) throws IOException {
    return new RawServer(String.join("\r\n", answer), true);
  }

  URI uri(String scheme, String rest) {
    return port.uri(scheme, rest);
  }

  /** Waits for the first request. */
  void awaitRequest() throws InterruptedException {
    asked.await();
  }

  private void serve(Socket socket) {
    try (socket) {
      readHead(socket.getInputStream());
      asked.countDown();
      OutputStream out = socket.getOutputStream();
      out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      if (stalls) {
        port.awaitClosed();
      }
    } catch (IOException | InterruptedException e) {
      // The client went away.
      asked.countDown();
    }
  }

  /**
   * Reads the head of a request, which ends with an empty line; what begins a TLS handshake is no
   * letter.
   */
  static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    int emptyLine = 0;
    for (int c = in.read(); c >= ' ' || c == '\r' || c == '\n'; c = in.read()) {
      head.append((char) c);
      emptyLine = c == '\r' || c == '\n' ? emptyLine + 1 : 0;
      if (emptyLine == 4) {
        break;
      }
    }
    return head.toString();
  }

  @Override
  public void close() throws IOException {
    port.close();
  }
}
