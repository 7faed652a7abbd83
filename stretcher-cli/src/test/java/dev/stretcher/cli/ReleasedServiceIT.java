package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A small HTTP server, which a supervisor starts again whenever it ends: {@code post} restarts it,
 * and {@code health} asks it.
 */
@Timeout(120)
class ReleasedServiceIT extends AgentFixture {
  private static final String REFUSED = "-";

  /** Runs what is live, as runit, s6 or systemd do, until its directory is gone. */
  private static final String SUPERVISOR =
      """
      cd "$1" || exit
      service=
      trap 'kill $service; exit' TERM
      until [ -e current ]; do sleep 0.02; done
      while [ -e current ]; do
        (cd -P current && exec "$2" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -cp lib dev.stretcher.cli.VersionServer) &
        service=$!
        wait $service
      done
      """;

  /** Ends the service, if it runs, and waits until another one answers. */
  private static final String RESTART =
      """
      cd "$1" || exit
      old=$(cat pid 2>/dev/null)
      [ -z "$old" ] || kill "$old"
      until ready=$(cat ready 2>/dev/null) && [ "$ready" != "$old" ]; do sleep 0.02; done
      """;

  private Path run;
  private Process supervisor;

  @BeforeEach
  void supervise() throws IOException {
    Tools.require("curl");
    Path script = Files.writeString(directory.resolve("supervise"), SUPERVISOR);
    Files.writeString(directory.resolve("restart"), RESTART);
    run = app.dest().resolve("shared/run");
    Files.createDirectories(run);
    Path java = Path.of(System.getProperty("java.home"), "bin/java");
    supervisor =
        new ProcessBuilder("sh", script.toString(), app.dest().toString(), java.toString())
            .inheritIO()
            .start();
  }

  @AfterEach
  void endTheSupervisor() throws Exception {
    List<ProcessHandle> started = supervisor.descendants().toList();
    supervisor.destroy();
    supervisor.waitFor();
    started.forEach(ProcessHandle::destroy);
  }

  /** Packs a version of the server, and writes its manifest. */
  private URI version(String version, boolean healthy) throws Exception {
    Path tree = Files.createDirectory(directory.resolve(version));
    Path file = Files.writeString(tree.resolve("version"), version);
    // Two versions of one size that were made in the same second are one for an agent without a
    // table of contents, as they are for rsync.
    long second = version.charAt(version.length() - 1);
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(second)));
    if (healthy) {
      Files.createFile(tree.resolve("healthy"));
    }
    String name = VersionServer.class.getName().replace('.', '/') + ".class";
    Path code = tree.resolve("lib").resolve(name);
    Files.createDirectories(code.getParent());
    Files.write(
        code, VersionServer.class.getResourceAsStream("VersionServer.class").readAllBytes());
    TestApp.exec("tar", "-czf", app.archive().toString(), "-C", tree.toString(), ".");
    return app.manifest(
        "sync_strategy: release",
        "release: {id: '%s', shared: [run]}".formatted(version),
        "commands:",
        "  post: ['sh %s/restart %s']".formatted(directory, run),
        "  failure: ['echo back at $STRETCHER_ROLLED_BACK']",
        "health:",
        "  commands: ['curl -fsS http://127.0.0.1:$(cat %s/port)/health']".formatted(run),
        "  within: 500ms");
  }

  @Test
  void aBrokenVersionGoesAndTheOneBeforeComesBackWithNoFailureBeyondTheRestarts() throws Exception {
    Cli.Result first = agent(version("v1", true).toString());
    assertThat(first.exitCode()).as(first.err()).isZero();
    int port = Integer.parseInt(Files.readString(run.resolve("port")));
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<List<String>> answers =
        CompletableFuture.supplyAsync(() -> changes(port, over));

    Cli.Result broken = agent(version("v2", false).toString());
    over.set(true);

    assertThat(broken.exitCode()).as(broken.err()).isEqualTo(1);
    assertThat(broken.out()).isEqualTo("back at v1\n");
    assertThat(answers.get()).containsExactly("200 v1", REFUSED, "200 v2", REFUSED, "200 v1");
    assertThat(app.dest().resolve("current/version")).hasContent("v1");
  }

  /** Asks all the time; returns the answers, each once until there is another one. */
  private static List<String> changes(int port, AtomicBoolean over) {
    List<String> changes = new ArrayList<>();
    while (!over.get()) {
      String answer = ask(port);
      if (changes.isEmpty() || !changes.get(changes.size() - 1).equals(answer)) {
        changes.add(answer);
      }
    }
    return changes;
  }

  /**
   * A connection that nobody has accepted is refused, or reset when the listener goes. While nobody
   * listens, the system may take the port itself for the client's end: a socket that is connected
   * with itself.
   */
  private static String ask(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      if (socket.getLocalPort() == port) {
        return REFUSED;
      }
      socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return text.isEmpty()
          ? REFUSED
          : text.split(" ", 3)[1] + " " + text.substring(text.lastIndexOf('\n') + 1);
    } catch (IOException e) {
      return REFUSED;
    }
  }
}
