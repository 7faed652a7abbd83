package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.ledger.Ledger;
import dev.stretcher.ledger.LedgerRecord;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException;
import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.EventSource;
import dev.stretcher.spi.HookRunner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An event source learns which of its events is done. */
class HandledEventTest extends StretcherFixture {
  private final DeployRequest event = DeployRequest.of(MANIFEST, "post 1", "board:/1");

  /** How many records the ledger had when the event was given up. */
  private final List<Integer> recorded = new ArrayList<>();

  private @Nullable Error error;

  private final EventSource source =
      new EventSource() {
        @Override
        public String name() {
          return "board";
        }

        @Override
        public Optional<DeployRequest> next() {
          return Optional.of(event);
        }

        @Override
        public void handled(DeployRequest request) throws IOException {
          assertThat(request).isEqualTo(event);
          recorded.add(ledger().records().size());
          if (error != null) {
            throw error;
          }
          throw new IOException("the board is down");
        }
      };

  private Ledger ledger() {
    return Ledger.in(directory.resolve("state"));
  }

  private Optional<Deployment> deployNext(HookRunner runner) throws Exception {
    return stretcher().ledger(ledger()).hookRunner(runner).build().deployNext(source);
  }

  @Test
  void anErrorOfThePlugInDoesNotStopTheDeploy() throws Exception {
    putApp("");
    error = new AssertionError("odd");

    assertThat(deployNext(hook -> 0)).isPresent();
    assertThat(events)
        .filteredOn(DeployEvent.Warning.class::isInstance)
        .singleElement()
        .asString()
        .contains("cannot give up the event of board", "odd");
    assertThat(events).hasAtLeastOneElementOfType(DeployEvent.Done.class);
  }

  @Test
  void afterTheLedgerSaysSoAndAgainIfTheEventComesAgain() throws Exception {
    putApp("");

    assertThat(deployNext(hook -> 0)).isPresent();
    assertThat(recorded).containsExactly(1);
    assertThat(deployNext(hook -> 0)).isEmpty();
    assertThat(recorded).containsExactly(1, 1);
    assertThat(events)
        .filteredOn(DeployEvent.Warning.class::isInstance)
        .extracting(DeployEvent::message)
        .hasSize(2)
        .allMatch(text -> text.contains("the event of board") && text.contains("is down"));
  }

  @Test
  void alsoIfTheDeployFailed() {
    putApp("commands: {pre: [a]}");

    assertThatThrownBy(() -> deployNext(hook -> 1))
        .isInstanceOf(StretcherException.HookFailed.class);

    assertThat(recorded).containsExactly(1);
  }

  @Test
  void notIfTheDeployWasCancelled() throws Exception {
    putApp("commands: {pre: [a]}");

    assertThatThrownBy(
            () ->
                deployNext(
                    hook -> {
                      throw new InterruptedException("as after an interrupt");
                    }))
        .isInstanceOf(InterruptedException.class);

    assertThat(recorded).isEmpty();
    assertThat(ledger().records())
        .extracting(LedgerRecord::outcome)
        .containsExactly(LedgerRecord.Outcome.CANCELLED);
  }
}
