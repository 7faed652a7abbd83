package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stretcher.ledger.Ledger;
import dev.stretcher.ledger.LedgerRecord;
import dev.stretcher.ledger.LedgerRecord.Outcome;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.Stage;
import dev.stretcher.report.StretcherException.SyncFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A deploy does not empty a directory that no deploy has made, unless it is told to. */
class DestAdoptionTest extends StretcherFixture {
  @TempDir private Path state;
  private Path dest;
  private Optional<Ledger> ledger = Optional.empty();
  private Options options = super.options();

  @BeforeEach
  void someoneElsesDirectory() throws IOException {
    dest = Files.createDirectory(directory.toRealPath().resolve("app"));
    Files.writeString(dest.resolve("old"), "old");
    ledger = Optional.of(Ledger.in(state.resolve("ledger")));
    putApp(dest, "");
  }

  @Override
  Options options() {
    return options;
  }

  private Stretcher with(GuardedSyncer syncer) {
    Stretcher.Builder builder = stretcher().syncer(syncer);
    ledger.ifPresent(builder::ledger);
    return builder.build();
  }

  private GuardedSyncer deploy(long names, long present) throws Exception {
    GuardedSyncer syncer = new GuardedSyncer(names, present);
    deploy(syncer);
    return syncer;
  }

  private void deploy(GuardedSyncer syncer) throws Exception {
    try (Stretcher stretcher = with(syncer)) {
      stretcher.deploy(MANIFEST);
    }
  }

  private SyncFailed refused(long names, long present) {
    GuardedSyncer syncer = new GuardedSyncer(names, present);
    SyncFailed failure = catchThrowableOfType(SyncFailed.class, () -> deploy(syncer));
    assertThat(failure).as("%d of %d", names, present).isNotNull();
    assertThat(failure).hasMessageContaining("would delete %d of the %d", names, present);
    assertThat(syncer.syncs).isZero();
    return failure;
  }

  @ParameterizedTest
  @CsvSource({
    "101, 201, true",
    "101, 202, false",
    "101, 101, true",
    "100, 100, false",
    "0, 0, false",
    "5000, 9999, true",
    "5000, 10000, false",
    "510, 1000, true",
    "500, 1000, false"
  })
  void moreThanHalfAndMoreThanAHundredNamesAreTooMany(long names, long present, boolean refused)
      throws Exception {
    if (refused) {
      refused(names, present);
    } else {
      assertThat(deploy(names, present).syncs).isEqualTo(1);
    }
  }

  @Test
  void theRefusalHasTheNumbersTheNamesAndTheWaysOn() {
    SyncFailed failure = refused(150, 151);

    assertThat(failure.stage()).isEqualTo(Stage.SYNC);
    assertThat(failure)
        .hasMessageStartingWith(
            "cannot sync %s: no deploy has made this dest, and this one would delete 150 of the 151"
                + " names in it, such as old/, old/one; dest is as it was; ",
            dest);
    assertThat(failure.remedy())
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .contains("dry run", "the setting adopt", "max_delete")
                    .doesNotContain("keep a ledger"));
  }

  @Test
  void whatADeployHasMadeIsKnown() throws Exception {
    deploy(1, 2);
    GuardedSyncer second = deploy(150, 150);

    assertThat(second.syncs).isEqualTo(1);
    assertThat(second.counts).as("what is known is not counted").isZero();
  }

  @Test
  void aDeployThatIsKilledHalfWayHasMadeIt() throws Exception {
    GuardedSyncer first = new GuardedSyncer(1, 2);
    first.dies = true;
    assertThatThrownBy(() -> deploy(first)).hasMessageContaining("killed half way");

    assertThat(deploy(150, 150).syncs).isEqualTo(1);
  }

  @Test
  void oneThatWasRefusedHasNot() {
    refused(150, 150);
    refused(150, 150);
  }

  @Test
  void anotherDestIsNotKnownForThat() throws Exception {
    deploy(1, 2);
    Path other = Files.createDirectory(dest.resolveSibling("other"));
    Files.writeString(other.resolve("precious"), "");
    putApp(other, "");

    refused(150, 150);
  }

  @Test
  void aLinkThatIsTurnedToAnotherDirectoryLeadsToAnotherDest() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("link"), dest);
    putApp(link, "");
    deploy(1, 2);
    deploy(150, 150);
    Path other = Files.createDirectory(directory.resolve("other"));
    Files.writeString(other.resolve("precious"), "");
    Files.delete(link);
    Files.createSymbolicLink(link, other);

    refused(150, 150);
  }

  @Test
  void anEmptyDestOrNoneIsEveryones() throws Exception {
    Files.delete(dest.resolve("old"));
    assertThat(deploy(150, 150).counts).isZero();
    putApp(dest.resolveSibling("none"), "");
    assertThat(deploy(150, 150).counts).isZero();
  }

  @Test
  void anOperatorMayAdoptItOnce() throws Exception {
    options = options.with(Settings.ADOPT, true);
    assertThat(deploy(150, 150).syncs).isEqualTo(1);
    options = options.with(Settings.ADOPT, false);
    assertThat(deploy(150, 150).syncs).isEqualTo(1);
  }

  @Test
  void aLimitOfTheManifestIsOneThatSomebodyChose() throws Exception {
    putApp(dest, "max_delete: 1000");
    assertThat(deploy(150, 150).syncs).isEqualTo(1);
  }

  @Test
  void aDirectoryThatTakesThePlaceOfALinkIsAnotherDest() throws Exception {
    Path link = Files.createSymbolicLink(directory.toRealPath().resolve("link"), dest);
    putApp(link, "");
    deploy(1, 2);
    Files.delete(link);
    Files.writeString(Files.createDirectory(link).resolve("precious"), "");

    refused(150, 150);
  }

  @Test
  void anOlderDeployInTheLedgerHasMadeIt() throws Exception {
    ledger.orElseThrow().add(record(Outcome.FAILED, dest.toString()));
    ledger.orElseThrow().add(record(Outcome.SUCCEEDED, dest + "/below"));
    refused(150, 150);

    ledger.orElseThrow().add(record(Outcome.SUCCEEDED, dest.toString()));
    assertThat(deploy(150, 150).syncs).isEqualTo(1);
  }

  private static LedgerRecord record(Outcome outcome, String dest) {
    return new LedgerRecord(
        Instant.EPOCH,
        Instant.EPOCH,
        "id",
        Optional.empty(),
        0,
        "mem:/app.yml",
        Optional.empty(),
        Optional.of(dest),
        outcome,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void withoutALedgerNoDestIsKnownWhichTheRefusalSays() throws Exception {
    ledger = Optional.empty();
    deploy(1, 2);
    assertThat(refused(150, 150))
        .hasMessageContaining("no ledger is kept")
        .hasMessageContaining("keep a ledger");
  }

  @Test
  void aStateDirectoryThatCannotBeWrittenIsAWarning() throws Exception {
    Files.createDirectories(state.resolve("ledger"));
    Files.writeString(state.resolve("ledger/dests"), "in the way");

    assertThat(deploy(1, 2).syncs).isEqualTo(1);
    assertThat(events)
        .anyMatch(event -> event.message().contains("cannot write the ledger: " + state));
  }

  @Test
  void aSyncerThatDoesNotAskHasMadeItOnceItIsDone() throws Exception {
    putApp(dest.resolveSibling("new"), "");
    try (Stretcher stretcher = stretcher().ledger(ledger.orElseThrow()).build()) {
      stretcher.deploy(MANIFEST);
    }
    assertThat(deploy(150, 150).syncs).isEqualTo(1);
  }

  @Test
  void aDryRunShowsThePlanAndWhatWouldStopTheDeploy() throws Exception {
    try (Stretcher stretcher = with(new GuardedSyncer(150, 150))) {
      assertThatThrownBy(() -> stretcher.plan(MANIFEST)).isInstanceOf(SyncFailed.class);
      assertThat(events.stream().map(DeployEvent::message))
          .containsSubsequence("delete old/", "all of it")
          .anyMatch(line -> line.startsWith("Dry run failed: ") && line.contains("150 of the 150"));
      CheckReport report = stretcher.checkAgainstDest(MANIFEST);
      assertThat(report.problems()).singleElement().asString().contains("150 of the 150");
      assertThat(report.sync().orElseThrow().lines()).contains("delete old/one");
      assertThat(stretcher.check(MANIFEST).ok()).isTrue();
    }
    assertThat(state.resolve("ledger/dests")).doesNotExist();
  }

  @Test
  void aDryRunOfWhatMayBeAdoptedAdoptsNothing() throws Exception {
    options = options.with(Settings.ADOPT, true);
    try (Stretcher stretcher = with(new GuardedSyncer(150, 150))) {
      assertThat(stretcher.plan(MANIFEST).sync()).isPresent();
      assertThat(stretcher.checkAgainstDest(MANIFEST).ok()).isTrue();
    }
    options = options.with(Settings.ADOPT, false);
    refused(150, 150);
    assertThat(List.of(dest.toFile().list())).containsExactly("old");
  }
}
