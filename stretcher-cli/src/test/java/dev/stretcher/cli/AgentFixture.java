package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An application to deploy, and an agent that deploys it. */
public abstract class AgentFixture {
  @TempDir Path directory;
  Path temporary;
  TestApp app;

  /**
   * Runs the command line to its end: the packaged launcher where the build names it, else inside
   * this JVM.
   */
  static Cli.Result run(List<String> args, String stdin, Map<String, String> environment)
      throws Exception {
    if (System.getProperty("stretcher.launcher") == null) {
      return Cli.launch(
          args, new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)), environment);
    }
    Map<String, String> variables = new TreeMap<>(environment);
    variables.putIfAbsent("PATH", System.getenv("PATH"));
    return Launcher.finish(Launcher.start(Launcher.path(), args, stdin, variables));
  }

  /** Writes a file that is trusted, whatever the umask of the build. */
  public static Path trusted(Path file, String text) throws IOException {
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }

  @BeforeEach
  void packAnApplication() throws IOException {
    temporary = Files.createDirectory(directory.resolve("tmp"));
    app = new TestApp(directory).file("bin/run", "v1").file("data/a.txt", "aaa").pack();
  }

  void deployFirst() throws Exception {
    assertThat(agent(app.manifest("sync_strategy: mv").toString()).exitCode()).isZero();
  }

  String yaml(String checksum, String strategy) {
    return "src: %s\nchecksum: %s\ndest: %s\nsync_strategy: %s\n"
        .formatted(app.archive().toUri(), checksum, app.dest(), strategy);
  }

  Cli.Result agent(String stdin, String... variables) throws Exception {
    Map<String, String> environment = environment();
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    return run(List.of(), stdin, environment);
  }

  Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    environment.put("PATH", System.getenv("PATH"));
    environment.put("TMPDIR", temporary.toString());
    environment.put("XDG_STATE_HOME", directory.resolve("state").toString());
    return environment;
  }

  void assertFails(Cli.Result result, String... said) throws IOException {
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains(said);
    assertThat(result.err()).doesNotContain("Exception", "\tat ");
    assertNothingIsLeft();
  }

  void assertNothingIsLeft() throws IOException {
    assertThat(temporary).isEmptyDirectory();
    try (Stream<Path> beside = Files.list(directory)) {
      assertThat(beside.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".stretcher"));
    }
  }

  static MockWebServer started(MockResponse... responses) throws IOException {
    MockWebServer server = new MockWebServer();
    List.of(responses).forEach(server::enqueue);
    server.start();
    return server;
  }

  static String consulEvent(String id, Object url) {
    String payload =
        Base64.getEncoder().encodeToString(url.toString().getBytes(StandardCharsets.UTF_8));
    return """
    {"ID":"%s","Name":"deploy","Payload":"%s","NodeFilter":"","Version":1,"LTime":4}\
    """
        .formatted(id, payload);
  }
}
