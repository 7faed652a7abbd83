package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Serf agent with the packaged launcher as its event handler. */
class SerfIT {
  @TempDir private Path directory;
  private Path log;

  @BeforeEach
  void requireSerf() {
    Tools.require("serf");
    log = directory.resolve("stretcher.log");
  }

  @Test
  void aUserEventDeploys() throws Exception {
    TestApp app = new TestApp(directory).file("bin/run", "by serf").pack();
    URI manifest = app.manifest("sync_strategy: mv");
    int rpc = freePort();
    Process agent = startAgent(rpc);
    try {
      awaitReady(agent);
      TestApp.exec("serf", "event", "-rpc-addr=127.0.0.1:" + rpc, "deploy", manifest.toString());
      await(() -> text(log).contains(" Done\n"), agent);
    } finally {
      agent.destroy();
      agent.waitFor(10, TimeUnit.SECONDS);
    }

    assertThat(app.dest().resolve("bin/run")).hasContent("by serf");
    assertThat(text(log)).contains("Reading Serf user event: deploy");
  }

  private Process startAgent(int rpc) throws IOException {
    String handler = "%s >> %s 2>&1".formatted(Launcher.path(), log);
    List<String> command = new ArrayList<>(List.of("serf", "agent", "-node=test"));
    command.add("-bind=127.0.0.1:" + freePort());
    command.add("-rpc-addr=127.0.0.1:" + rpc);
    command.add("-event-handler=user:deploy=" + handler);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder.start();
  }

  private static void awaitReady(Process agent) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(agent.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder said = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      said.append(line).append('\n');
      if (line.contains("EventMemberJoin")) {
        return;
      }
    }
    throw new IOException("serf agent ended: " + said);
  }

  private static void await(BooleanSupplier condition, Process agent) {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
    while (!condition.getAsBoolean()) {
      assertThat(agent.isAlive()).as("the serf agent runs").isTrue();
      assertThat(Instant.now()).as("the deploy ended in time").isBefore(deadline);
      LockSupport.parkNanos(20_000_000);
    }
  }

  private static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
