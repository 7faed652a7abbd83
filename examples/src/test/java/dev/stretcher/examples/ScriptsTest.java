package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

  @Test
  void theConfigurationOfTheSerfAgentHandlesTheEvent() throws Exception {
    Path file = Repository.root().resolve("examples/serf/agent.json");

    assertThat(new ObjectMapper().readTree(file.toFile()).at("/event_handlers/0").asText())
        .startsWith("user:deploy=");
  }
}
