package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.TreeState;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A dest that was deployed to before, and dry runs that must not touch it. */
abstract class DryRunFixture extends StretcherFixture {
  static final String COMMANDS =
      "commands: {pre: [stop], post: [start], success: [cheer], failure: [weep]}";

  @TempDir Path temporary;
  private Map<String, String> before = Map.of();

  @BeforeEach
  void deployedBefore() throws IOException {
    Files.createDirectories(directory.resolve("app/old"));
    Files.writeString(directory.resolve("app/hello"), "hullo");
    Files.writeString(directory.resolve("beside"), "beside");
    before = TreeState.of(directory);
  }

  DeployPlan plan(RenameSyncer syncer) throws StretcherException, InterruptedException {
    try (Stretcher stretcher = dry(syncer)) {
      return stretcher.plan(MANIFEST);
    }
  }

  Stretcher dry(RenameSyncer syncer) {
    return Stretcher.builder()
        .source(memory)
        .syncer(syncer)
        .options(options())
        .listener(events::add)
        .temporaryDirectory(temporary)
        .hookRunner(
            hook -> {
              throw new AssertionError("it ran " + hook.command());
            })
        .build();
  }

  List<String> messages() {
    return events.stream().map(DeployEvent::message).toList();
  }

  void assertNothingIsTouched() throws IOException {
    assertThat(TreeState.of(directory)).isEqualTo(before);
    assertThat(temporary).isEmptyDirectory();
  }
}
