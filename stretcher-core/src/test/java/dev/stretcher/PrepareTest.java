package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.ledger.LedgerRecord.Outcome;
import dev.stretcher.manifest.Digest;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.manifest.ManifestReader;
import dev.stretcher.policy.Policy;
import dev.stretcher.release.Release;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A release that lies ready before its deploy. */
class PrepareTest extends ReleaseFixture {
  private Release prepare(String id) throws StretcherException, InterruptedException {
    publish(id, COMMANDS);
    try (Stretcher stretcher = stretcher().build()) {
      return stretcher.prepare(MANIFEST);
    }
  }

  @Test
  void noCommandRunsAndNothingIsSwitched() throws Exception {
    deploy("1");
    forget();

    Release prepared = prepare("2");

    assertThat(prepared.id()).isEqualTo("2");
    assertThat(prepared.state()).isEqualTo(Release.State.PREPARED);
    assertThat(prepared.directory().resolve("hello")).hasContent("2");
    assertThat(ran).isEmpty();
    assertThat(states()).containsExactly("1 good *", "2 prepared");
    assertLive("1");
    assertThat(messages()).contains("Prepared release 2 in " + prepared.directory());
    assertThat(events).last().isInstanceOf(DeployEvent.Done.class);
    assertThat(outcomes()).containsExactly(Outcome.SUCCEEDED, Outcome.PREPARED);
  }

  @Test
  void itsDeployNeedsNoSourceOfTheArchive() throws Exception {
    deploy("1");
    prepare("2");
    memory.deny("/app.tar");
    forget();

    deploy();

    assertThat(releases.calls()).containsExactly("activate 2", "good 2");
    assertThat(ran).containsExactly("stop of 2", "start of 2", "ask of 2", "cheer of 2");
    assertLive("2");
  }

  @Test
  void theManifestIsCheckedAsAlways() throws Exception {
    prepare("1");
    forget();

    try (Stretcher stretcher =
        stretcher()
            .policy(
                new Policy(
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.of(Digest.Algorithm.SHA512),
                    List.of()))
            .build()) {
      assertThatThrownBy(() -> stretcher.deploy(MANIFEST))
          .isInstanceOf(StretcherException.Forbidden.class);
    }
    assertThat(releases.calls()).isEmpty();
  }

  @Test
  void twiceIsOnce() throws Exception {
    prepare("1");
    memory.deny("/app.tar");

    assertThat(prepare("1").id()).isEqualTo("1");

    assertThat(states()).containsExactly("1 prepared");
    assertThat(messages()).contains("Release 1 has this archive already, nothing is fetched");
  }

  @Test
  void aSyncerThatKeepsNoReleasesIsRefusedBeforeTheFetch() {
    publish("1", "sync_strategy: rename");
    memory.put(
        "/app.yml",
        new String(memory.get("/app.yml"), java.nio.charset.StandardCharsets.UTF_8)
            .replaceAll("release:.*", ""));

    assertThatThrownBy(() -> stretcher().build().prepare(MANIFEST))
        .isInstanceOf(StretcherException.SyncFailed.class)
        .hasMessageContaining("sync_strategy rename keeps no releases")
        .hasMessageContaining("use sync_strategy: release");
    assertThat(memory.opened()).containsExactly("/app.yml");
    assertThat(messages()).last().asString().startsWith("Prepare release failed: ");
  }

  @Test
  void theLedgerHasOneThatFailedAndNoDeployGivesWayToThat() throws Exception {
    deploy("1");
    publish("2", COMMANDS);
    memory.deny("/app.tar");
    assertThatThrownBy(() -> stretcher().build().prepare(MANIFEST))
        .isInstanceOf(StretcherException.class);
    memory.deny("/app.yml");
    assertThatThrownBy(() -> stretcher().build().prepare(MANIFEST))
        .isInstanceOf(StretcherException.class);

    assertThat(outcomes())
        .containsExactly(Outcome.SUCCEEDED, Outcome.UNPREPARED, Outcome.UNPREPARED);
    assertThat(ledger().records().get(1).error().orElseThrow()).contains("app.tar");
    assertThat(ledger().records().get(1).dest()).contains(dest().toString());
    assertThat(ledger().records().get(2).error().orElseThrow()).contains("app.yml");
  }

  @Test
  void aManifestThatAProgramHasMadeIsPreparedToo() throws Exception {
    publish("1", COMMANDS);
    Manifest manifest = new ManifestReader(Map.of()).read(memory.get("/app.yml")).manifest();

    try (Stretcher stretcher = stretcher().build()) {
      assertThat(stretcher.prepare(manifest).id()).isEqualTo("1");
    }

    assertThat(states()).containsExactly("1 prepared");
  }

  @Test
  void aManifestWithoutAnArchiveHasNothingToPrepare() {
    memory.put("/app.yml", "commands: {post: [x]}");

    assertThatThrownBy(() -> stretcher().build().prepare(MANIFEST))
        .isInstanceOf(StretcherException.BadManifest.class)
        .hasMessageContaining("nothing to prepare");
  }
}
