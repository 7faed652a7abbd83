package dev.stretcher.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.manifest.Manifest;
import dev.stretcher.manifest.ManifestReader;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.report.StretcherException.Failure;
import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.Hook;
import dev.stretcher.spi.SyncPlan;
import dev.stretcher.spi.SyncReport;
import dev.stretcher.text.Problem;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EventJsonTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-31T14:04:05.123Z"), ZoneOffset.UTC);

  private static final DeployIdentity DEPLOY =
      DeployIdentity.of("some-id")
          .withManifest(URI.create("https://user:hunter2@example.com/shop.yml?hunter2"))
          .withDest(Optional.of(Path.of("/srv/shop")));

  private static String line(DeployIdentity deploy, DeployEvent event) {
    return new EventJson(CLOCK, "web1").line(deploy, event);
  }

  /** Returns what comes after the message. */
  private static String data(DeployEvent event) {
    return line(DEPLOY, event).replaceFirst("^.*?\"message\":\"(\\\\.|[^\"])*\",", "{");
  }

  @Test
  void eachLineSaysWhenWhereAndOfWhichDeploy() {
    assertThat(line(DEPLOY, new DeployEvent.Verified("sha256:ab")))
        .isEqualTo(
            "{\"time\":\"2026-01-31T14:04:05.123Z\",\"host\":\"web1\",\"deploy\":\"some-id\","
                + "\"manifestUrl\":\"https://example.com/shop.yml\","
                + "\"dest\":\"/srv/shop\",\"event\":\"Verified\","
                + "\"message\":\"Checksum ok: sha256:ab\",\"found\":\"sha256:ab\"}");
    assertThat(line(DeployIdentity.NONE, new DeployEvent.Warning("odd")))
        .endsWith("\"host\":\"web1\",\"event\":\"Warning\",\"message\":\"odd\"}");
    assertThat(EventJson.localHost()).isNotBlank().doesNotContain("\n");
  }

  @Test
  void aFieldIsThereOnlyOnce() {
    assertThat(line(DEPLOY, new DeployEvent.Superseded(Path.of("/srv/shop"), Duration.ZERO)))
        .containsOnlyOnce("\"dest\"");
  }

  @Test
  void whatIsNestedIsAnObject() {
    SyncReport report =
        SyncReport.of("did it")
            .withTotals(new SyncReport.Totals(1, 2, 3, 4, Duration.ofMillis(1500)));
    assertThat(data(new DeployEvent.Synced(report)))
        .isEqualTo(
            "{\"report\":{\"summary\":\"did it\",\"totals\":{\"files\":1,\"bytesWritten\":2,"
                + "\"bytesKept\":3,\"deletions\":4,\"elapsedSeconds\":1.5}}}");
    assertThat(data(new DeployEvent.Synced(SyncReport.of("no count"))))
        .isEqualTo("{\"report\":{\"summary\":\"no count\"}}");
    assertThat(data(new DeployEvent.Planned(new SyncPlan(List.of("a", "b"), "two"))))
        .isEqualTo("{\"plan\":{\"lines\":[\"a\",\"b\"],\"summary\":\"two\"}}");
    assertThat(
            data(
                new DeployEvent.StillRunning(
                    new Progress(Stage.FETCH, 5, OptionalLong.empty(), Duration.ofSeconds(2)))))
        .isEqualTo("{\"progress\":{\"stage\":\"fetch\",\"bytes\":5,\"elapsedSeconds\":2.0}}");
    assertThat(
            data(
                new DeployEvent.EventReceived(
                    new DeployRequest(
                        URI.create("http://u:sekret@h/m?sekret"),
                        new DeployRequest.Consul("id", "deploy", 7)))))
        .isEqualTo(
            "{\"request\":{\"manifest\":\"http://h/m\",\"origin\":{\"type\":\"consul\","
                + "\"id\":\"id\",\"name\":\"deploy\",\"logicalTime\":7}}}");
  }

  @Test
  void theManifestHasItsKeysWithoutTheValuesOfVariables() throws Exception {
    String yaml =
        """
        src: https://user:hunter2@example.com/app.tar?token=hunter2
        checksum: 0cc175b9c0f1b6a831c399e269772661
        dest: /srv/app
        dest_mode: 0711
        excludes: ["*.pid", log/]
        exclude_from: conf/list
        compare: checksum
        max_delete: 7
        links: inside
        commands: {pre: [{run: stop, timeout: 90s}], post: {run: [start], timeout: 5}}
        env: {PASSWORD: hunter2, A: hunter2}
        """;
    Manifest manifest =
        new ManifestReader(Map.of()).read(yaml.getBytes(StandardCharsets.UTF_8)).manifest();

    assertThat(data(new DeployEvent.ExecutingManifest(manifest, "tree")))
        .isEqualTo(
            "{\"manifest\":{\"src\":\"https://example.com/app.tar\","
                + "\"checksum\":\"md5:0cc175b9c0f1b6a831c399e269772661\",\"dest\":\"/srv/app\","
                + "\"dest_mode\":\"0711\",\"commands\":{"
                + "\"pre\":{\"run\":[{\"line\":\"stop\",\"timeoutSeconds\":90.0}]},"
                + "\"post\":{\"run\":[{\"line\":\"start\"}],\"timeoutSeconds\":5.0}},"
                + "\"excludes\":[\"*.pid\",\"log/\"],\"exclude_from\":\"conf/list\","
                + "\"compare\":\"checksum\",\"max_delete\":7,\"links\":\"inside\","
                + "\"env\":[\"A\",\"PASSWORD\"]},\"strategy\":\"tree\"}");
  }

  @Test
  void aFailureHasItsStageItsRemedyAndItsData() {
    assertThat(
            data(
                new DeployEvent.Failed(
                    new StretcherException.HookFailed(
                        Hook.Phase.PRE, "stop", 3, Failure.of("no").withRemedy("look")),
                    Duration.ofMillis(2500))))
        .isEqualTo(
            "{\"cause\":\"HookFailed\",\"stage\":\"pre\",\"reason\":\"no; look\","
                + "\"remedy\":\"look\",\"phase\":\"pre\",\"command\":\"stop\",\"exitStatus\":3,"
                + "\"elapsedSeconds\":2.5}");
    assertThat(
            data(
                new DeployEvent.NotStarted(
                    new StretcherException.BadManifest(
                        URI.create("mem:/m?sekret"),
                        List.of(new Problem(2, 3, "bad")),
                        List.of(),
                        Failure.of("no")),
                    Duration.ZERO)))
        .isEqualTo(
            "{\"cause\":\"BadManifest\",\"stage\":\"manifest\",\"reason\":\"no\","
                + "\"uri\":\"mem:/m\",\"problems\":[{\"line\":2,\"column\":3,\"message\":\"bad\"}],"
                + "\"elapsedSeconds\":0.0}");
    assertThat(
            data(
                new DeployEvent.Failed(
                    new StretcherException.TimedOut(
                        Stage.FETCH, Duration.ofSeconds(9), Failure.of("late")),
                    Duration.ofSeconds(10))))
        .endsWith("\"reason\":\"late\",\"limitSeconds\":9.0,\"elapsedSeconds\":10.0}");
  }

  @Test
  void whatACommandDidAndHowLongTheLockTookAreNumbers() {
    assertThat(
            data(
                new DeployEvent.HookEnded(
                    Hook.Phase.POST, "start", Optional.of(3), Duration.ofMillis(1500))))
        .isEqualTo(
            "{\"phase\":\"post\",\"command\":\"start\",\"exitStatus\":3,\"elapsedSeconds\":1.5}");
    assertThat(
            data(
                new DeployEvent.HookEnded(
                    Hook.Phase.POST, "start", Optional.empty(), Duration.ofSeconds(9))))
        .isEqualTo("{\"phase\":\"post\",\"command\":\"start\",\"elapsedSeconds\":9.0}");
    assertThat(data(new DeployEvent.WaitedForLock(Path.of("/srv/shop"), Duration.ofMillis(100))))
        .isEqualTo("{\"elapsedSeconds\":0.1}");
  }

  @Test
  void aSecretChangesNoFieldThatProgramsCompare() {
    Secrets secrets =
        Secrets.of(
            Options.DEFAULT.with(Settings.SECRET_ENV, List.of("PIN")), Map.of("PIN", "Warning"));

    assertThat(
            new EventJson(CLOCK, "Warning1", secrets)
                .line(DeployIdentity.NONE, new DeployEvent.Warning("a Warning")))
        .contains("\"host\":\"Warning1\"", "\"event\":\"Warning\"")
        .contains("a ***");
  }
}
