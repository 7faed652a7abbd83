package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stretcher.manifest.ManifestReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptsTest {
  static Stream<Path> scripts() throws IOException {
    return Repository.scripts().stream();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void theShellReadsItAndItMayBeExecuted(Path script) throws Exception {
    Shell.Result result =
        Shell.in(Repository.root()).run(Repository.interpreter(script), "-n", script.toString());

    assertThat(result).isEqualTo(new Shell.Result(0, ""));
    assertThat(script).isExecutable();
  }

  @ParameterizedTest
  @ValueSource(strings = {"consul", "serf"})
  void theTemplateOfAManifestIsAManifest(String example) throws Exception {
    String template =
        Files.readString(Repository.root().resolve("examples/" + example + "/app.yml"));
    String manifest =
        template
            .replace("@APP@", "shop")
            .replace("@VERSION@", "1.2")
            .replace("@SRC@", "https://example.com/shop-1.2.tar.gz")
            .replace("@CHECKSUM@", "sha256:" + "0".repeat(64))
            .replace("@TOC@", "sha256:" + "1".repeat(64));

    ManifestReader.Result read =
        new ManifestReader(Map.of()).read(manifest.getBytes(StandardCharsets.UTF_8));

    assertThat(read.warnings()).isEmpty();
    assertThat(read.manifest().env()).containsEntry("DEPLOY_ID", "1.2");
  }

  @Test
  void theConfigurationOfTheSerfAgentHandlesTheEvent() throws Exception {
    Path file = Repository.root().resolve("examples/serf/agent.json");

    assertThat(new ObjectMapper().readTree(file.toFile()).at("/event_handlers/0").asText())
        .startsWith("user:deploy=");
  }
}
