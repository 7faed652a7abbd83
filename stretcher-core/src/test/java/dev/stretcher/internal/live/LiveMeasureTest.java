package dev.stretcher.internal.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.ledger.Ledger;
import dev.stretcher.ledger.LedgerRecord.Outcome;
import dev.stretcher.release.NewRelease;
import dev.stretcher.release.Release;
import dev.stretcher.release.Release.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LiveMeasureTest {
  private static final String ONE = "1".repeat(64);
  private static final String TWO = "2".repeat(64);

  @TempDir Path directory;
  private final List<Release> releases = new ArrayList<>();
  private String dest;
  private Deploys deploys;
  private LiveMeasure measure;

  @BeforeEach
  void measure() throws IOException {
    dest = Files.createDirectory(directory.resolve("dest")).toString();
    Ledger ledger = Ledger.in(directory.resolve("state"));
    deploys = new Deploys(ledger);
    measure =
        new LiveMeasure(
            ledger,
            place -> {
              if (releases.isEmpty()) {
                throw new IOException("no releases");
              }
              return releases;
            });
  }

  private void deploy(String id, String digest, Outcome outcome) throws IOException {
    deploys.add(id, dest, digest, outcome);
  }

  private void release(String id, String digest, State state, boolean live) {
    NewRelease origin =
        new NewRelease(id, Instant.EPOCH, "file:/m", digest, Optional.empty(), "", "");
    releases.add(
        new Release(
            id, state, Instant.EPOCH, live, directory.resolve(id), Optional.of(origin), true));
  }

  /** What an agent remembers after a deploy. */
  private Memory after(String deploy, String digest) {
    return Memory.NOTHING.withLive(
        new Live(
            Optional.of(digest), true, Optional.of(dest), Optional.empty(), Optional.of(deploy)));
  }

  private Memory afterRelease(String deploy, String digest, String release) {
    return Memory.NOTHING.withLive(
        new Live(
            Optional.of(digest),
            true,
            Optional.of(dest),
            Optional.of(release),
            Optional.of(deploy)));
  }

  private Live measured(Memory memory) throws IOException {
    return measure.measure(memory, Optional.of(ONE));
  }

  @Test
  void nothingIsLiveWhereNothingWasDeployed() throws Exception {
    assertThat(measured(Memory.NOTHING).digest()).isEmpty();
  }

  @Test
  void theLedgerSaysWhereIfNothingIsRemembered() throws Exception {
    deploy("a", ONE, Outcome.SUCCEEDED);

    assertThat(measured(Memory.NOTHING))
        .returns(Optional.of(ONE), Live::digest)
        .returns(Optional.of(dest), Live::dest)
        .returns(Optional.of("a"), Live::asOf)
        .returns(true, Live::isGood);
  }

  @Test
  void ofTheLastDeployToDestTheLedgerIsBelieved() throws Exception {
    deploy("a", ONE, Outcome.SUCCEEDED);
    deploy("b", TWO, Outcome.SUCCEEDED);
    deploys.add("c", "/elsewhere", ONE, Outcome.SUCCEEDED);

    assertThat(measured(after("a", ONE)).digest()).contains(TWO);
  }

  @ParameterizedTest
  @EnumSource(names = {"PREPARED", "UNPREPARED", "SUPERSEDED"})
  void whatDoesNotChangeDestDoesNotCount(Outcome outcome) throws Exception {
    deploy("a", ONE, Outcome.SUCCEEDED);
    deploy("b", TWO, outcome);

    assertThat(measured(after("a", ONE)))
        .returns(Optional.of(ONE), Live::digest)
        .returns(Optional.of("a"), Live::asOf);
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "CANCELLED"})
  void afterADeployThatDidNotEndWellItIsNotKnown(Outcome outcome) throws Exception {
    deploy("a", ONE, Outcome.SUCCEEDED);
    deploy("b", TWO, outcome);

    assertThat(measured(after("a", ONE)).digest()).isEmpty();
  }

  @Test
  void aLedgerThatLacksTheDeployThatIsRememberedIsNotBelieved() throws Exception {
    deploy("a", ONE, Outcome.SUCCEEDED);

    assertThat(measured(after("b", TWO)).digest()).isEmpty();
  }

  @Test
  void whatAFullLedgerHasForgottenIsRemembered() throws Exception {
    assertThat(measured(after("a", ONE)).digest()).isEmpty();
    deploys.add("z", "/elsewhere", TWO, Outcome.SUCCEEDED);

    assertThat(measured(after("a", ONE)))
        .returns(Optional.of(ONE), Live::digest)
        .returns(Optional.of("a"), Live::asOf);
    assertThat(measured(after("a", ONE).withStep(Memory.Step.BEGUN)).digest()).isEmpty();
  }

  @Test
  void anAgentRemembersThatItsOwnFailureHasChangedNothing() throws Exception {
    deploy("a", ONE, Outcome.SUCCEEDED);
    deploy("b", TWO, Outcome.FAILED);

    assertThat(measured(after("b", ONE)).digest()).contains(ONE);
  }

  @Test
  void aDeployThatHasBegunAndNotEndedMayHaveChangedAnything() throws Exception {
    deploy("a", ONE, Outcome.SUCCEEDED);

    assertThat(measured(after("a", ONE).withStep(Memory.Step.BEGUN)).digest()).isEmpty();
    assertThat(measured(after("a", ONE).withStep(Memory.Step.SYNCED)).digest()).isEmpty();
  }

  @Test
  void aDestThatIsGoneHasNothing() throws Exception {
    deploy("a", ONE, Outcome.SUCCEEDED);
    Files.delete(Path.of(dest));

    assertThat(measured(after("a", ONE)))
        .returns(Optional.empty(), Live::digest)
        .returns(false, Live::isGood);
  }

  @Test
  void theLinkSaysWhichReleaseIsLive() throws Exception {
    deploy("a", TWO, Outcome.SUCCEEDED);
    release("r1", ONE, State.GOOD, true);
    release("r2", TWO, State.GOOD, false);

    assertThat(measured(afterRelease("a", TWO, "r2")))
        .returns(Optional.of(ONE), Live::digest)
        .returns(Optional.of("r1"), Live::release)
        .returns(true, Live::isGood);
  }

  @Test
  void aReleaseThatIsNotGoodIsNotLiveAsDesired() throws Exception {
    deploy("a", ONE, Outcome.SUCCEEDED);
    release("r1", ONE, State.LIVE, true);

    assertThat(measured(afterRelease("a", ONE, "r1")).isGood()).isFalse();
  }

  @Test
  void oneReleaseMayBeThatOfTwoManifests() throws Exception {
    deploy("a", ONE, Outcome.SUCCEEDED);
    deploy("b", TWO, Outcome.SUCCEEDED);
    release("r1", ONE, State.GOOD, true);

    assertThat(measured(afterRelease("b", TWO, "r1")).digest()).contains(TWO);
  }

  @Test
  void releasesThatAreGoneAreNotLive() throws Exception {
    deploy("a", ONE, Outcome.SUCCEEDED);

    assertThat(measured(afterRelease("a", ONE, "r1")))
        .returns(Optional.empty(), Live::digest)
        .returns(false, Live::isGood);
  }

  @Test
  void aManifestOfCommandsIsLiveAsLongAsTheLedgerHasItsDeploy() throws Exception {
    Memory memory =
        Memory.NOTHING.withLive(
            new Live(Optional.of(ONE), true, Optional.empty(), Optional.empty(), Optional.of("a")));
    assertThat(measured(memory).digest()).isEmpty();
    deploy("a", ONE, Outcome.SUCCEEDED);

    assertThat(measured(memory)).returns(Optional.of(ONE), Live::digest);
    assertThat(measured(memory.withStep(Memory.Step.BEGUN)).digest()).isEmpty();
  }
}
