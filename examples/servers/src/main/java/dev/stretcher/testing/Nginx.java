package dev.stretcher.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The real nginx, with a prefix and a port of its own.
 *
 * @param process nginx itself
 * @param documents the directory that it serves
 * @param port where it listens on 127.0.0.1
 */
public record Nginx(Process process, Path documents, int port) implements AutoCloseable {
  private static final int ATTEMPTS = 5;
  private static final String CONFIGURATION =
      """
      daemon off;
      pid nginx.pid;
      error_log stderr notice;
      %s
      events { worker_connections 1024; }
      http {
        log_format answers '$status $body_bytes_sent';
        access_log %s;
        sendfile on;
        log_not_found off;
        client_body_temp_path temp;
        proxy_temp_path temp;
        fastcgi_temp_path temp;
        uwsgi_temp_path temp;
        scgi_temp_path temp;
        limit_conn_zone $binary_remote_addr zone=clients:1m;
        server { listen 127.0.0.1:%d; root www; %s }
      }
      """;

  /**
   * Starts nginx.
   *
   * @param prefix a directory for its files and, below {@code www}, what it serves
   */
  public static Nginx start(Path prefix) throws IOException {
    return start(prefix, "off", "");
  }

  /**
   * Starts nginx so that it writes a line with the status and the bytes of each answer to {@code
   * answers.log} in its prefix.
   *
   * @param prefix a directory for its files and, below {@code www}, what it serves
   */
  public static Nginx startCounting(Path prefix) throws IOException {
    return start(prefix, "answers.log answers", "");
  }

  /**
   * Starts nginx so that a client has one connection at a time; requests on others get 503.
   *
   * @param prefix a directory for its files and, below {@code www}, what it serves
   */
  public static Nginx startWithOneConnection(Path prefix) throws IOException {
    // So slow that a second request does not come too late to be refused.
    return start(prefix, "off", "limit_conn clients 1; limit_rate 1500k;");
  }

  /**
   * Starts nginx so that it takes uploads by PUT, and DELETE.
   *
   * @param prefix a directory for its files and, below {@code www}, what it serves
   */
  public static Nginx startWithUploads(Path prefix) throws IOException {
    return start(
        prefix,
        "off",
        "dav_methods PUT DELETE; create_full_put_path on; client_max_body_size 64m;");
  }

  private static Nginx start(Path prefix, String log, String directives) throws IOException {
    Path documents = Files.createDirectories(prefix.resolve("www"));
    StringBuilder said = new StringBuilder();
    // Another process may be faster to take the port that was free.
    for (int i = 0; i < ATTEMPTS; i++) {
      int port = freePort();
      Process process = launch(prefix, port, log, directives);
      if (awaitListening(process, said)) {
        return new Nginx(process, documents, port);
      }
    }
    throw new IOException("nginx does not start: " + said);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Process launch(Path prefix, int port, String log, String directives)
      throws IOException {
    boolean root = Files.getAttribute(prefix, "unix:uid").equals(0);
    Path configuration =
        Files.writeString(
            prefix.resolve("nginx.conf"),
            CONFIGURATION.formatted(root ? "user root;" : "", log, port, directives),
            StandardCharsets.US_ASCII);
    ProcessBuilder builder =
        new ProcessBuilder(
            "nginx", "-e", "stderr", "-p", prefix.toString(), "-c", configuration.toString());
    builder.environment().merge("PATH", ":/usr/sbin:/sbin", String::concat);
    return builder.redirectErrorStream(true).start();
  }

  // It says so after it bound its sockets; the rest of its output is drained by another thread.
  private static boolean awaitListening(Process process, StringBuilder said) throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    Optional<String> line = Optional.ofNullable(output.readLine());
    while (line.isPresent() && !line.get().contains("start worker process")) {
      said.append(line.get()).append('\n');
      line = Optional.ofNullable(output.readLine());
    }
    if (line.isPresent()) {
      Thread drain = new Thread(() -> drain(output), "nginx-output");
      drain.setDaemon(true);
      drain.start();
    }
    return line.isPresent();
  }

  private static void drain(BufferedReader output) {
    try (output) {
      output.transferTo(Writer.nullWriter());
    } catch (IOException e) {
      // It was stopped.
      return;
    }
  }

  /** Returns the URL of a document. */
  public String url(String name) {
    return "http://127.0.0.1:" + port + "/" + name;
  }

  /** Stops it; its port is free then. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
