package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.Deployment;
import dev.stretcher.Stretcher;
import dev.stretcher.contract.Condition;
import dev.stretcher.report.StretcherException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CustomEventSourceTest {
  private static final String POST = "  post: [\"touch '%s'\"]";

  @TempDir Path directory;
  private Path events;

  @BeforeEach
  void createDirectory() throws IOException {
    events = Files.createDirectory(directory.resolve("events"));
  }

  @Test
  void aFileThatIsAlreadyThereIsAnEvent() throws Exception {
    SampleApp app = SampleApp.publish(directory, "dropped", "sync_strategy: mv");
    drop("1", app.manifest().toUri().toString());

    assertThat(deployNext()).containsInstanceOf(Deployment.OfArchive.class);
    assertThat(app.deployed()).isEqualTo("dropped");
    assertThat(events).isEmptyDirectory();
  }

  @Test
  void theAgentDeploysWhatIsDroppedWhileItRunsAndSurvivesAFailure() throws Exception {
    Path sign = directory.resolve("deployed");
    Path manifest = directory.resolve("commands.yml");
    Files.writeString(manifest, "commands:\n" + POST.formatted(sign) + "\n");
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Future<?> agent =
          executor.submit(
              () -> {
                CustomEventSource.main(new String[] {events.toString()});
                return null;
              });
      drop("1", "not a URL");
      drop("2", manifest.toUri().toString());

      Condition.await(() -> Files.exists(sign));
      assertThat(agent).isNotDone();
    } finally {
      executor.shutdownNow();
    }
    assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aFileWithoutAUrlIsRefusedAndSetAside() throws Exception {
    drop("1", "/etc/passwd");

    assertThatThrownBy(this::deployNext)
        .isInstanceOf(StretcherException.BadEvent.class)
        .hasMessageContaining("1.event does not carry a URL");
    assertThat(events.resolve("1.event")).doesNotExist();
    assertThat(events.resolve("1.event.bad")).hasContent("/etc/passwd");
  }

  private Optional<Deployment> deployNext()
      throws IOException, StretcherException, InterruptedException {
    try (DirectoryEventSource source = new DirectoryEventSource(events);
        Stretcher stretcher = Stretcher.builder().build()) {
      return stretcher.deployNext(source);
    }
  }

  private void drop(String name, String content) throws IOException {
    Path part = directory.resolve(name + ".part");
    Files.writeString(part, content + "\n");
    Files.move(part, events.resolve(name + ".event"), StandardCopyOption.ATOMIC_MOVE);
  }
}
