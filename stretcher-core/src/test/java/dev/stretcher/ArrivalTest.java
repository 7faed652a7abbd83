package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.ledger.Ledger;
import dev.stretcher.ledger.LedgerRecord;
import dev.stretcher.option.Options;
import dev.stretcher.option.Replay;
import dev.stretcher.option.Settings;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.DeployListener;
import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.EventSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When an event came, which says which of two is the later one. */
class ArrivalTest extends StretcherFixture {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);
  // The only syncer here wants dest to be new.
  private static final String REMOVE = "commands: {post: ['rm -r \"$STRETCHER_DEST\"']}";

  @TempDir Path state;

  private final TestClocks clocks = new TestClocks();

  private EventSource source(DeployRequest request, Duration wait) {
    return new EventSource() {
      @Override
      public String name() {
        return "test";
      }

      @Override
      public Optional<DeployRequest> next() {
        clocks.pass(wait);
        return Optional.of(request);
      }
    };
  }

  /** Something that happens while a deploy is at some point. */
  private interface Meanwhile {
    void run() throws Exception;
  }

  private static DeployListener at(Class<? extends DeployEvent> point, Meanwhile action) {
    return event -> {
      if (point.isInstance(event)) {
        try {
          action.run();
        } catch (Exception e) {
          throw new AssertionError(e);
        }
      }
    };
  }

  private Stretcher.Builder agent() {
    return stretcher()
        .options(options().with(Settings.REPLAY, Replay.DEPLOY))
        .clock(clocks)
        .steadyClock(clocks)
        .ledger(Ledger.in(state));
  }

  private Instant arrival(Duration wait) throws Exception {
    putApp("");
    Options options = options().with(Settings.RANDOM_DELAY, Duration.ofNanos(2));
    try (Stretcher stretcher =
        agent()
            .options(options)
            .listener(at(DeployEvent.Sleeping.class, () -> clocks.pass(HOUR)))
            .build()) {
      stretcher.deployNext(source(DeployRequest.of(MANIFEST, "test"), wait));
    }
    return Ledger.in(state).records().stream().map(LedgerRecord::arrived).findFirst().orElseThrow();
  }

  @Test
  void anEventThatIsThereCameBeforeTheRandomDelay() throws Exception {
    Instant start = clocks.instant();
    assertThat(arrival(Duration.ZERO)).isEqualTo(start);
  }

  @Test
  void anEventThatIsWaitedForCameWhenItWasRead() throws Exception {
    Instant start = clocks.instant();
    assertThat(arrival(HOUR)).isEqualTo(start.plus(HOUR).plus(HOUR));
  }

  private Optional<Deployment> deployNext(DeployRequest request, Replay replay) throws Exception {
    putApp(REMOVE);
    Options options = options().with(Settings.REPLAY, replay);
    try (Stretcher stretcher = agent().options(options).build()) {
      return stretcher.deployNext(source(request, Duration.ZERO));
    }
  }

  @Test
  void anEventOfAnySourceIsDeployedOnceIfItHasAnId() throws Exception {
    DeployRequest event = DeployRequest.of(MANIFEST, "queue", "queue:17");

    assertThat(deployNext(event, Replay.SKIP)).isPresent();
    assertThat(deployNext(event, Replay.SKIP)).isEmpty();
    assertThat(events)
        .filteredOn(DeployEvent.Replayed.class::isInstance)
        .singleElement()
        .satisfies(
            replayed -> assertThat(replayed.message()).contains("Event queue:17 was handled"));
    assertThat(deployNext(event, Replay.DEPLOY)).isPresent();
    assertThat(deployNext(DeployRequest.of(MANIFEST, "queue", "queue:18"), Replay.SKIP))
        .isPresent();
    assertThat(Ledger.in(state).records())
        .extracting(LedgerRecord::event)
        .containsExactly(Optional.of("queue:17"), Optional.of("queue:17"), Optional.of("queue:18"));
  }

  @Test
  void eventsWithoutAnIdAreAllDeployed() throws Exception {
    DeployRequest event = DeployRequest.of(MANIFEST, "queue");

    assertThat(deployNext(event, Replay.SKIP)).isPresent();
    assertThat(deployNext(event, Replay.SKIP)).isPresent();
  }

  private Deployment deployEvent(long logicalTime) throws Exception {
    putApp(REMOVE);
    DeployRequest request =
        new DeployRequest(
            MANIFEST, new DeployRequest.Consul("id-" + logicalTime, "deploy", logicalTime));
    try (Stretcher stretcher = agent().build()) {
      Deployment ended = stretcher.deployNext(source(request, Duration.ZERO)).orElseThrow();
      clocks.pass(SECOND);
      return ended;
    }
  }

  private void assertDeployed(long logicalTime) throws Exception {
    assertThat(deployEvent(logicalTime)).isInstanceOf(Deployment.OfArchive.class);
  }

  private void assertSuperseded(long logicalTime) throws Exception {
    assertThat(deployEvent(logicalTime)).isInstanceOf(Deployment.Superseded.class);
  }

  @Test
  void anEventThatIsBeforeTheLastOneByLogicalTimeIsNotDeployedAfterIt() throws Exception {
    assertDeployed(9);
    assertSuperseded(7);
    assertDeployed(10);
  }

  @Test
  void aClusterThatIsSetUpAnewCountsFromTheBeginning() throws Exception {
    assertDeployed(9);
    clocks.pass(HOUR);
    assertDeployed(1);
  }

  @Test
  void aClockThatIsSetForwardDoesNotMakeALastEventOld() throws Exception {
    assertDeployed(9);
    clocks.set(HOUR);
    assertSuperseded(7);
  }

  @Test
  void aClockThatIsSetBackDoesNotHideTheLastEvent() throws Exception {
    assertDeployed(9);
    clocks.set(HOUR.negated());
    assertSuperseded(7);
    clocks.pass(Duration.ofMinutes(11));
    assertDeployed(7);
  }

  @Test
  void logicalTimesAreComparedAlsoWithThoseOfBeforeAReboot() throws Exception {
    assertDeployed(9);
    clocks.reboot("b", Duration.ofSeconds(20));
    assertSuperseded(7);
    clocks.reboot("c", Duration.ofMinutes(11));
    assertDeployed(7);
  }

  private Deployment deploy(DeployListener listener, Duration delay) throws Exception {
    putApp(REMOVE);
    Options options = options().with(Settings.RANDOM_DELAY, delay);
    try (Stretcher stretcher = agent().options(options).listener(listener).build()) {
      return stretcher.deploy(MANIFEST);
    }
  }

  private Deployment deploy() throws Exception {
    return deploy(event -> {}, Duration.ZERO);
  }

  /** Deploys an event that sleeps before it is handled. */
  private Deployment deploySleepily(Meanwhile meanwhile) throws Exception {
    return deploy(at(DeployEvent.Sleeping.class, meanwhile), Duration.ofNanos(2));
  }

  @Test
  void theNextEventIsDeployedIfTheClockWasSetBackDuringTheLastOne() throws Exception {
    deploy(
        at(DeployEvent.HookStarted.class, () -> clocks.set(Duration.ofSeconds(-30))),
        Duration.ZERO);
    clocks.pass(SECOND);
    assertThat(deploy()).isInstanceOf(Deployment.OfArchive.class);
  }

  @Test
  void theNextEventIsDeployedAfterARebootWithAnotherTime() throws Exception {
    deploy(
        at(DeployEvent.HookStarted.class, () -> clocks.set(Duration.ofSeconds(-30))),
        Duration.ZERO);
    clocks.reboot("b", SECOND);
    clocks.pass(SECOND);
    assertThat(deploy()).isInstanceOf(Deployment.OfArchive.class);
  }

  @Test
  void whoOversleepsGivesWayHoweverTheClockIsSet() throws Exception {
    for (Duration jump : new Duration[] {HOUR, Duration.ofSeconds(-30), Duration.ZERO}) {
      Deployment ended =
          deploySleepily(
              () -> {
                clocks.set(jump);
                clocks.pass(SECOND);
                assertThat(deploy()).isInstanceOf(Deployment.OfArchive.class);
                clocks.pass(SECOND);
              });
      assertThat(ended)
          .as("the clock was set by " + jump)
          .isInstanceOf(Deployment.Superseded.class);
    }
  }

  @Test
  void ofTwoEventsOfTheSameTickTheSecondOneIsTheLaterOne() throws Exception {
    Deployment ended =
        deploySleepily(
            () -> {
              clocks.passInTheSameTick();
              assertThat(deploy()).isInstanceOf(Deployment.OfArchive.class);
            });
    assertThat(ended).isInstanceOf(Deployment.Superseded.class);
  }

  @Test
  void ofTwoEventsOfTheSameInstantNoneGivesWayToTheOther() throws Exception {
    assertThat(deploySleepily(() -> assertThat(deploy()).isNotNull()))
        .isInstanceOf(Deployment.OfArchive.class);
  }

  @Test
  void withoutAClockOfTheKernelTheOneOnTheWallCounts() throws Exception {
    clocks.hideUptime();
    Deployment ended =
        deploySleepily(
            () -> {
              clocks.pass(SECOND);
              deploy();
              clocks.pass(SECOND);
            });
    assertThat(ended).isInstanceOf(Deployment.Superseded.class);
    assertThat(deploy()).isInstanceOf(Deployment.OfArchive.class);
  }

  @Test
  void aLineFromTheFutureDoesNotCount() throws Exception {
    deploySleepily(() -> clocks.pass(HOUR));
    // The kernel is the same, but it counts from the start of a container.
    clocks.reboot("a", SECOND);
    assertThat(deploy()).isInstanceOf(Deployment.OfArchive.class);
  }

  private void writeOldLine(Instant time, long logicalTime) throws Exception {
    Files.writeString(
        state.resolve("ledger.jsonl"),
        """
        {"time":"%s","arrived":"%s","outcome":"succeeded","deploy":"d","logical_time":%d,\
        "manifest":"mem:/app.yml","dest":"%s"}
        """
            .formatted(time, time, logicalTime, directory.resolve("app")));
  }

  @Test
  void linesOfTheVersionBeforeAreComparedByTheWall() throws Exception {
    writeOldLine(clocks.instant().minus(SECOND), 9);
    assertSuperseded(7);
    writeOldLine(clocks.instant().minus(HOUR), 9);
    assertDeployed(7);
    writeOldLine(clocks.instant().plus(HOUR), 9);
    assertDeployed(7);
  }
}
