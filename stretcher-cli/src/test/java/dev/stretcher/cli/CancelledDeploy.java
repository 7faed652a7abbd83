package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.Stretcher;
import dev.stretcher.ledger.Ledger;
import dev.stretcher.ledger.LedgerRecord.Outcome;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.DeployListener;
import dev.stretcher.report.StretcherException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A deploy by the calling thread that someone interrupts, and what has to be true afterwards. */
final class CancelledDeploy {
  private final Path directory;
  private final Path temporary;
  private final Path state;
  private final List<DeployEvent> events = new CopyOnWriteArrayList<>();
  private @Nullable Throwable outcome;
  private boolean stillInterrupted;

  CancelledDeploy(Path directory) throws IOException {
    this.directory = directory;
    this.temporary = Files.createDirectories(directory.resolve("tmp"));
    this.state = Files.createTempDirectory(directory, "state");
  }

  /** Deploys; {@code interrupter} hears of each event. */
  CancelledDeploy run(URI manifest, DeployListener interrupter) {
    try (Stretcher stretcher =
        Stretcher.builder()
            .environment(Map.of("PATH", System.getenv("PATH")))
            .temporaryDirectory(temporary)
            .ledger(Ledger.in(state))
            .listener(events::add)
            .listener(interrupter)
            .build()) {
      stretcher.deploy(manifest);
    } catch (StretcherException | InterruptedException e) {
      outcome = e;
    }
    stillInterrupted = Thread.interrupted();
    return this;
  }

  /** Returns how many events there were. */
  int reports() {
    return events.size();
  }

  boolean isCancelled() {
    return outcome != null;
  }

  /** Requires that it was cancelled, or that it was done and said so. */
  void requireCancelledOrDone() throws IOException {
    if (outcome == null) {
      assertThat(events).hasAtLeastOneElementOfType(DeployEvent.Succeeded.class);
      assertThat(events).last().isInstanceOf(DeployEvent.Done.class);
    } else {
      assertThat(outcome).isInstanceOf(InterruptedException.class);
      assertThat(stillInterrupted).isFalse();
      assertThat(events).last().isInstanceOf(DeployEvent.Cancelled.class);
    }
    assertThat(events)
        .doesNotHaveAnyElementsOfTypes(
            DeployEvent.Failed.class,
            DeployEvent.NotStarted.class,
            DeployEvent.WaitingForLock.class,
            DeployEvent.Warning.class);
    requireNothingLeft();
    requireLedger();
  }

  private void requireNothingLeft() throws IOException {
    assertThat(temporary).isEmptyDirectory();
    try (Stream<Path> beside = Files.list(directory)) {
      assertThat(beside.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".stretcher"));
    }
  }

  /** Each deploy that had begun is written down, as it was told. */
  private void requireLedger() throws IOException {
    boolean begun = events.stream().anyMatch(DeployEvent.LoadingManifest.class::isInstance);
    boolean told = events.stream().anyMatch(DeployEvent.Succeeded.class::isInstance);
    assertThat(Ledger.in(state).records())
        .hasSize(begun ? 1 : 0)
        .allMatch(record -> record.outcome() == (told ? Outcome.SUCCEEDED : Outcome.CANCELLED));
  }
}
