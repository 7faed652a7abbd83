package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes, of which the second one starts while the first one runs a command. */
class TwoEventsIT {
  @TempDir private Path directory;
  private Path temporary;
  private Path gate;
  private Path log;

  @BeforeEach
  void makeGate() throws IOException {
    temporary = Files.createDirectory(directory.resolve("tmp"));
    gate = directory.resolve("gate");
    log = directory.resolve("log");
  }

  private URI version(String version, Path dest, String post) throws IOException {
    Path home = Files.createDirectory(directory.resolve(version));
    TestApp app = new TestApp(home).file("version", version).pack();
    return app.write(
        "src: %s\nchecksum: %s\ndest: %s\ncommands: {pre: ['echo %s begins >> %s'], post: [%s, 'echo %4$s ends >> %5$s']}\n"
            .formatted(app.archive().toUri(), app.sha256(), dest, version, log, post));
  }

  private String waiting() {
    return "'until test -e %s; do sleep 0.05; done'".formatted(gate);
  }

  private WatchedDeploy start(URI manifest, String mark, String... wrapper) throws IOException {
    List<String> command = new ArrayList<>(List.of(wrapper));
    command.addAll(List.of(Launcher.path().toString(), "deploy", manifest.toString()));
    Map<String, String> environment =
        Map.of(
            "PATH", System.getenv("PATH"),
            "TMPDIR", temporary.toString(),
            "XDG_STATE_HOME", directory.resolve("state").toString());
    return new WatchedDeploy(
        Launcher.start(
            Path.of(command.get(0)), command.subList(1, command.size()), "", environment),
        List.of(mark));
  }

  private void runBoth(WatchedDeploy first, URI second) throws Exception {
    first.await(0);
    WatchedDeploy next = start(second, "Another deploy to");
    next.await(0);
    Files.createFile(gate);
    assertThat(first.end()).isZero();
    assertThat(next.end()).isZero();
    assertThat(log).hasContent("first begins\nfirst ends\nsecond begins\nsecond ends");
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void theSecondOneIsTheLaterOneAlsoIfTheClockIsSetBackBetweenThem() throws Exception {
    Tools.require("faketime");
    Path dest = directory.resolve("dest");

    runBoth(
        start(
            version("first", dest, waiting()), "invoking command: until", "faketime", "-f", "+30s"),
        version("second", dest, "'true'"));

    assertThat(dest.resolve("version")).hasContent("second");
  }

  @Test
  void theSecondOneWaitsAlsoIfTheFirstOneHasLetTheLinkLeadElsewhere() throws Exception {
    Path link = directory.resolve("current");
    Files.createDirectory(directory.resolve("blue"));
    Files.createDirectory(directory.resolve("green"));
    Files.createSymbolicLink(link, Path.of("blue"));
    String post = "'ln -sfn green %s', %s".formatted(link, waiting());

    runBoth(
        start(version("first", link, post), "invoking command: until"),
        version("second", link, "'true'"));

    assertThat(directory.resolve("blue/version")).hasContent("first");
    assertThat(directory.resolve("green/version")).hasContent("second");
  }
}
