package dev.stretcher.sources.internal.consul;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.contract.Tools;
import dev.stretcher.store.KeyValueStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** A Consul of development mode, with ports of its own. */
record RealConsul(Process process, URI address) implements AutoCloseable {
  private static final OkHttpClient CLIENT = new OkHttpClient();
  private static final int ATTEMPTS = 600;

  /**
   * Ends the test unless there is a Consul. No registry has one, so that even where all other
   * programs are required, the double has to do.
   */
  static void require() {
    assumeTrue(
        Tools.isThere("consul"),
        "this test needs the program consul, which is not on PATH; its double was tested instead");
  }

  static RealConsul start(Path directory) throws Exception {
    List<Integer> ports = freePorts(4);
    Process process =
        new ProcessBuilder(
                "consul",
                "agent",
                "-dev",
                "-bind=127.0.0.1",
                "-http-port=" + ports.get(0),
                "-server-port=" + ports.get(1),
                "-serf-lan-port=" + ports.get(2),
                "-serf-wan-port=" + ports.get(3),
                "-dns-port=-1",
                "-grpc-port=-1")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("consul.log").toFile())
            .start();
    RealConsul consul = new RealConsul(process, URI.create("consul://127.0.0.1:" + ports.get(0)));
    consul.awaitReady();
    return consul;
  }

  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    List<Integer> ports = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      sockets.add(socket);
      ports.add(socket.getLocalPort());
    }
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    return ports;
  }

  private void awaitReady() throws Exception {
    try (KeyValueStore store = new ConsulStoreProvider().open(address, Map.of())) {
      for (int i = 0; i < ATTEMPTS; i++) {
        try {
          store.membership().orElseThrow().alive();
          return;
        } catch (IOException e) {
          if (!process.isAlive() || i == ATTEMPTS - 1) {
            close();
            throw e;
          }
          TimeUnit.MILLISECONDS.sleep(100);
        }
      }
    }
  }

  /** Ends a session as Consul does. */
  boolean destroys(String session) throws IOException {
    return ask("PUT", "session/destroy/" + session).contains("true");
  }

  /** Waits until the agent has heard of an event, which comes by gossip. */
  void awaitEvent(String name, String payload) throws Exception {
    String base64 = Base64.getEncoder().encodeToString(payload.getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < ATTEMPTS; i++) {
      if (ask("GET", "event/list?name=" + name).contains(base64)) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    throw new IOException("the event did not come");
  }

  private String ask(String method, String what) throws IOException {
    Request request =
        new Request.Builder()
            .url("http://127.0.0.1:" + address.getPort() + "/v1/" + what)
            .method(method, method.equals("PUT") ? RequestBody.create(new byte[0]) : null)
            .build();
    try (Response response = CLIENT.newCall(request).execute()) {
      return response.body().string();
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
