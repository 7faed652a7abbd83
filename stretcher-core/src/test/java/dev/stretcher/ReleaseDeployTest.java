package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.ledger.LedgerRecord.Outcome;
import dev.stretcher.release.Release;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.DeployIdentity;
import dev.stretcher.report.EventJson;
import dev.stretcher.report.StretcherException.SyncFailed;
import java.net.URI;
import java.nio.file.Files;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;

/** A deploy by a syncer that keeps releases. */
class ReleaseDeployTest extends ReleaseFixture {
  @Test
  void aReleaseIsMadeThenSwitchedToThenGood() throws Exception {
    deploy("1");
    forget();

    Deployment.OfArchive done = deploy("2");

    assertThat(releases.calls()).containsExactly("prepare 2", "activate 2", "good 2");
    assertThat(ran).containsExactly("stop of 2", "start of 2", "ask of 2", "cheer of 2");
    assertThat(states()).containsExactly("1 good", "2 good *");
    assertLive("2");
    Release release = done.release().orElseThrow();
    assertThat(release.id()).isEqualTo("2");
    assertThat(release.state()).isEqualTo(Release.State.GOOD);
    assertThat(release.live()).isTrue();
    assertThat(done.archiveBytes()).isPositive();
    assertThat(outcomes()).containsExactly(Outcome.SUCCEEDED, Outcome.SUCCEEDED);
  }

  @Test
  void itsCommandsKnowTheReleaseAndWhereTheApplicationFindsIt() throws Exception {
    deploy("1");
    assertThat(hooks).allMatch(hook -> !hook.environment().containsKey("STRETCHER_PREVIOUS"));
    forget();

    deploy("2");

    assertThat(hooks)
        .hasSize(4)
        .allSatisfy(
            hook ->
                assertThat(hook.environment())
                    .containsEntry("STRETCHER_DEST", dest().resolve("current").toString())
                    .containsEntry("STRETCHER_RELEASE", "2")
                    .containsEntry("STRETCHER_PREVIOUS", "1"));
  }

  @Test
  void theLogSaysWhatBecameOfIt() throws Exception {
    deploy("1");
    forget();

    deploy("2");

    assertThat(messages())
        .containsSubsequence(
            "Prepared release 2 in " + dest().resolve("releases/2"),
            "Switched %s to release 2, it was 1".formatted(dest().resolve("current")),
            "Deploy manifest succeeded.");
    DeployEvent switched =
        events.stream().filter(DeployEvent.Switched.class::isInstance).findFirst().orElseThrow();
    assertThat(new EventJson(clocks, "host").line(DeployIdentity.NONE, switched))
        .contains("\"event\":\"Switched\"", "\"release\":\"2\"", "\"previous\":\"1\"");
  }

  @Test
  void theManifestIsKeptWithItAndShownToNobody() throws Exception {
    deploy("1", COMMANDS + "env: {PASSWORD: 'hunter2 {{ env \"X\" \"y\" }}'}");

    Release release = releases.list(dest()).get(0);
    assertThat(release.origin().orElseThrow().manifest()).contains("hunter2 y", "commands");
    assertThat(release.origin().orElseThrow().manifestUrl()).isEqualTo("mem:/app.yml");
    assertThat(release.toString()).doesNotContain("hunter2");
    EventJson json = new EventJson(clocks, "host");
    assertThat(events)
        .filteredOn(event -> !(event instanceof DeployEvent.ExecutingManifest))
        .allSatisfy(
            event -> assertThat(json.line(DeployIdentity.NONE, event)).doesNotContain("hunter2"));
  }

  @Test
  void theSameArchiveIsNotFetchedAgainAndWhatIsLiveIsNotSwitched() throws Exception {
    deploy("1");
    forget();

    Deployment.OfArchive again = deploy();

    assertThat(memory.opened()).containsExactly("/app.yml");
    assertThat(releases.calls()).containsExactly("good 1");
    assertThat(ran).containsExactly("stop of 1", "start of 1", "ask of 1", "cheer of 1");
    assertThat(again.archiveBytes()).isZero();
    assertThat(again.verified()).startsWith("sha256:");
    assertThat(messages()).contains("Release 1 has this archive already, nothing is fetched");
  }

  @Test
  void aReleaseWithoutANameIsNamedByItsTimeAndArchive() throws Exception {
    publish("x", "");
    String anonymous = new String(memory.get("/app.yml"), "UTF-8").replaceAll("release:.*", "");
    memory.put("/app.yml", anonymous);

    String id = deploy().release().orElseThrow().id();

    assertThat(id).matches("20260131T150000Z-[0-9a-f]{4}");
    assertThat(hooks).isEmpty();
  }

  @Test
  void whatIsTooMuchGoesAndTheLogSaysSo() throws Exception {
    for (int i = 1; i <= 3; i++) {
      publish("" + i, "");
      memory.put(
          "/app.yml", new String(memory.get("/app.yml"), "UTF-8").replace("id:", "keep: 2, id:"));
      deploy();
    }

    assertThat(states()).containsExactly("2 good", "3 good *");
    assertThat(messages()).contains("Pruned release 1");
    assertThat(dest().resolve("releases/1")).doesNotExist();
  }

  @Test
  void anIdThatAnotherArchiveHasFailsBeforeTheFetch() throws Exception {
    deploy("1");
    byte[] other = tarOf("hello", "other");
    memory.put(
        "/app.yml",
        new String(memory.get("/app.yml"), "UTF-8")
            .replaceFirst("checksum: .*", "checksum: " + DigestUtils.sha256Hex(other)));
    forget();

    assertThatThrownBy(this::deploy)
        .isInstanceOf(SyncFailed.class)
        .hasMessageContaining("made of another archive");
    assertThat(memory.opened()).containsExactly("/app.yml");
    assertThat(ran).containsExactly("weep of null");
    assertLive("1");
  }

  @Test
  void aReleaseThatWasChangedByHandIsNotSwitchedTo() throws Exception {
    deploy("1");
    deploy("2");
    publish("1", COMMANDS);
    forget();
    // As a pre command could do.
    try (Stretcher stretcher =
        stretcher()
            .hookRunner(
                hook -> {
                  if (hook.command().equals("stop")) {
                    Files.delete(dest().resolve("releases/1/hello"));
                  }
                  return run(hook);
                })
            .build()) {
      assertThatThrownBy(() -> stretcher.deploy(MANIFEST))
          .isInstanceOf(SyncFailed.class)
          .hasMessageContaining("release 1 has changed");
    }
    assertLive("2");
  }

  @Test
  void aReleaseOutOfDestIsNotSwitchedTo() throws Exception {
    deploy("1");
    releases.misplace(elsewhere);

    publish("2", COMMANDS);
    assertThatThrownBy(this::deploy)
        .isInstanceOf(SyncFailed.class)
        .hasMessageContaining(
            "release 2 is in " + elsewhere.resolve("2") + ", which is not inside");
    assertLive("1");
  }

  @Test
  void whatIsSecretInTheUrlOfTheManifestIsNotKept() throws Exception {
    publish("1", COMMANDS);

    try (Stretcher stretcher = stretcher().build()) {
      stretcher.deploy(URI.create("mem:/app.yml?signature=hunter3"));
    }

    assertThat(releases.list(dest()).get(0).origin().orElseThrow().toString())
        .contains("manifestUrl=mem:/app.yml,")
        .doesNotContain("hunter3");
  }

  @Test
  void itSaysBeforeThePreCommandsThatThereIsNoWayBack() throws Exception {
    deploy("1");

    int warned = messages().indexOf("there is no good release yet to go back to if this one fails");
    assertThat(warned).isNotNegative().isLessThan(messages().indexOf("invoking command: stop"));
    forget();

    deploy("2");
    assertThat(messages()).noneMatch(text -> text.contains("no good release"));
  }
}
