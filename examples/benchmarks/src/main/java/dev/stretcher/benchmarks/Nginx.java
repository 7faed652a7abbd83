package dev.stretcher.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/** An nginx of our own, which serves a directory on this machine. */
final class Nginx implements Closeable {
  private static final String CONFIGURATION =
      """
      %s
      worker_processes 1;
      daemon off;
      pid nginx.pid;
      error_log stderr;
      events {}
      http {
        access_log off;
        sendfile on;
        client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
        uwsgi_temp_path uwsgi; scgi_temp_path scgi;
        server { listen 127.0.0.1:%d; root %s; }
      }
      """;

  private final Process process;
  private final int port;

  private Nginx(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it; {@code prefix} is an existing directory for what it writes. */
  static Nginx serve(Path root, Path prefix) throws IOException, InterruptedException {
    int port = freePort();
    Path configuration = prefix.resolve("nginx.conf");
    Files.writeString(configuration, CONFIGURATION.formatted(user(), port, root));
    Process process;
    try {
      process =
          new ProcessBuilder("nginx", "-p", prefix + "/", "-c", configuration.toString())
              .redirectErrorStream(true)
              .redirectOutput(prefix.resolve("nginx.log").toFile())
              .start();
    } catch (IOException e) {
      throw new IOException("nginx is needed to serve the archives; install nginx-light", e);
    }
    Nginx nginx = new Nginx(process, port);
    nginx.awaitStart(prefix.resolve("nginx.log"));
    return nginx;
  }

  /** Started by root, its workers would be nobody, who may not read what we serve. */
  private static String user() {
    return System.getProperty("user.name").equals("root") ? "user root;" : "";
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitStart(Path log) throws IOException, InterruptedException {
    while (!isListening()) {
      if (!process.isAlive()) {
        throw new IOException("nginx ended: " + Files.readString(log));
      }
      Thread.sleep(10);
    }
  }

  private boolean isListening() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  String url(String name) {
    return "http://127.0.0.1:" + port + "/" + name;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
