package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Serf agent with the packaged launcher as its event handler. */
class SerfIT {
  @TempDir private Path directory;

  @Test
  void aUserEventDeploys() throws Exception {
    Tools.require("serf");
    Path log = directory.resolve("stretcher.log");
    TestApp app = new TestApp(directory).file("bin/run", "by serf").pack();
    URI manifest = app.manifest("sync_strategy: mv");
    Map<String, String> environment = Map.of("JAVA_HOME", System.getProperty("java.home"));
    try (SerfAgent agent = SerfAgent.start(Launcher.path(), environment, log)) {
      agent.fire("deploy", manifest);
      agent.await(() -> Files.exists(log) && Files.readString(log).contains(" Done\n"));
    }

    assertThat(app.dest().resolve("bin/run")).hasContent("by serf");
    assertThat(log).content().contains("Reading Serf user event: deploy");
  }
}
