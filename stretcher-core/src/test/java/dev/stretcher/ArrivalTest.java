package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.ledger.Ledger;
import dev.stretcher.ledger.LedgerRecord;
import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.EventSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When an event came, which says which of two is the later one. */
class ArrivalTest extends StretcherFixture {
  private static final Instant START = Instant.parse("2026-01-31T15:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path state;

  private Instant now = START;

  private final class TestClock extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private EventSource source(DeployRequest request, Duration wait) {
    return new EventSource() {
      @Override
      public String name() {
        return "test";
      }

      @Override
      public Optional<DeployRequest> next() {
        now = now.plus(wait);
        return Optional.of(request);
      }
    };
  }

  private Instant arrival(Duration wait) throws Exception {
    putApp("");
    DeployListener sleeper =
        event -> now = event instanceof DeployEvent.Sleeping ? now.plus(HOUR) : now;
    Options options = options().withRandomDelay(Duration.ofNanos(2));
    try (Stretcher stretcher =
        stretcher()
            .options(options)
            .clock(new TestClock())
            .listener(sleeper)
            .ledger(Ledger.in(state))
            .build()) {
      stretcher.deployNext(source(DeployRequest.of(MANIFEST, "test"), wait));
    }
    return Ledger.in(state).records().stream().map(LedgerRecord::arrived).findFirst().orElseThrow();
  }

  @Test
  void anEventThatIsThereCameBeforeTheRandomDelay() throws Exception {
    assertThat(arrival(Duration.ZERO)).isEqualTo(START);
  }

  @Test
  void anEventThatIsWaitedForCameWhenItWasRead() throws Exception {
    assertThat(arrival(HOUR)).isEqualTo(START.plus(HOUR).plus(HOUR));
  }

  private Deployment deployEvent(long logicalTime) throws Exception {
    // The only syncer here wants dest to be new.
    putApp("commands: {post: ['rm -r \"$STRETCHER_DEST\"']}");
    DeployRequest request =
        new DeployRequest(
            MANIFEST, new DeployRequest.Consul("id-" + logicalTime, "deploy", logicalTime));
    try (Stretcher stretcher =
        stretcher()
            .options(options().withReplay(Replay.DEPLOY))
            .clock(new TestClock())
            .ledger(Ledger.in(state))
            .build()) {
      return stretcher.deployNext(source(request, Duration.ZERO)).orElseThrow();
    }
  }

  @Test
  void anEventThatIsBeforeTheLastOneByLogicalTimeIsNotDeployedAfterIt() throws Exception {
    assertThat(deployEvent(9)).isInstanceOf(Deployment.OfArchive.class);
    now = now.plusSeconds(2);
    assertThat(deployEvent(7)).isInstanceOf(Deployment.Superseded.class);
    now = now.plusSeconds(2);
    assertThat(deployEvent(10)).isInstanceOf(Deployment.OfArchive.class);
  }

  @Test
  void aClusterThatIsSetUpAnewCountsFromTheBeginning() throws Exception {
    assertThat(deployEvent(9)).isInstanceOf(Deployment.OfArchive.class);
    now = now.plus(HOUR);
    assertThat(deployEvent(1)).isInstanceOf(Deployment.OfArchive.class);
  }
}
