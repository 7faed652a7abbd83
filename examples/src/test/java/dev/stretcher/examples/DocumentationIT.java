package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The {@code sh run} fences of a document, in their order, are one script that works. */
class DocumentationIT {
  /** {@link FleetIT} runs it, by {@code examples/fleet.sh}, which also ends the agents. */
  private static final Path OF_FLEET = Path.of("docs/tutorial/fleet.md");

  @TempDir Path directory;

  static Stream<Path> documents() throws IOException {
    return Repository.documents().stream()
        .filter(document -> !document.endsWith(OF_FLEET))
        .filter(document -> !script(document).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("documents")
  void whatTheDocumentTellsToRunWorks(Path document) throws Exception {
    Tools.require("rsync");
    Shell shell =
        Shell.in(directory)
            .with("PATH", Launcher.path().getParent() + ":" + System.getenv("PATH"))
            .with("HOME", directory.toString())
            // Made in the background, it would come while the directory is deleted.
            .with("STRETCHER_CACHE_DIR", "");

    Shell.Result result = shell.run(script(document), List.of("sh", "-eu"));

    assertThat(result.status()).as(result.output()).isZero();
  }

  private static String script(Path document) {
    return Fence.in(document).stream()
        .filter(fence -> fence.language().equals("sh") && fence.marks().contains("run"))
        .map(Fence::text)
        .collect(Collectors.joining());
  }
}
