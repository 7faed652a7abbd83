package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A real Serf agent that runs a program for each event {@code deploy}. */
final class SerfAgent implements AutoCloseable {
  private final Process process;
  private final int rpc;

  private SerfAgent(Process process, int rpc) {
    this.process = process;
    this.rpc = rpc;
  }

  /** Starts one, whose handler appends its output to {@code log}, and waits until it is ready. */
  static SerfAgent start(Path handler, Map<String, String> environment, Path log)
      throws IOException {
    int rpc = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(
                "serf",
                "agent",
                "-node=test",
                "-bind=127.0.0.1:" + freePort(),
                "-rpc-addr=127.0.0.1:" + rpc,
                "-event-handler=user:deploy=%s >> %s 2>&1".formatted(handler, log))
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    SerfAgent agent = new SerfAgent(builder.start(), rpc);
    agent.awaitReady();
    return agent;
  }

  private void awaitReady() throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder said = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      said.append(line).append('\n');
      if (line.contains("EventMemberJoin")) {
        // What nobody reads would stop the agent in the end.
        Thread drain = new Thread(() -> out.lines().forEach(more -> {}));
        drain.setDaemon(true);
        drain.start();
        return;
      }
    }
    throw new IOException("serf agent ended: " + said);
  }

  void fire(String name, URI payload) throws IOException, InterruptedException {
    TestApp.exec("serf", "event", "-rpc-addr=127.0.0.1:" + rpc, name, payload.toString());
  }

  /** Something that comes true in time. */
  @FunctionalInterface
  interface Condition {
    boolean isTrue() throws IOException;
  }

  void await(Condition condition) throws IOException {
    Instant deadline = Instant.now().plus(Duration.ofMinutes(2));
    while (!condition.isTrue()) {
      assertThat(process.isAlive()).as("the serf agent runs").isTrue();
      assertThat(Instant.now()).as("the deploy ended in time").isBefore(deadline);
      LockSupport.parkNanos(20_000_000);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor(10, TimeUnit.SECONDS);
  }
}
