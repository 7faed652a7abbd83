package dev.stretcher.benchmarks.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FleetHostsTest {
  @Test
  @Timeout(60)
  void measuresHostsOverAStoreInADirectory(@TempDir Path directory) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    FleetHosts.measure(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        "file",
        directory.toString(),
        "1",
        "2",
        "0");

    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .hasSize(5)
        .startsWith("file: 1 processes of 2 hosts")
        .anyMatch(line -> line.matches("from a rollout: [0-9.]+ s, processor time .*"));
    assertThat(directory).isEmptyDirectory();
  }
}
