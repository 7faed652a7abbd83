package dev.stretcher.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.FleetStatus;
import dev.stretcher.fleet.HostReport;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.fleet.RolloutRules;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people and programs read of a fleet. */
class StatusTableTest {
  private static final AppName SHOP = new AppName("shop");
  private static final Instant AT = Instant.parse("2026-01-31T14:04:05Z");
  private static final DesiredState DESIRED =
      new DesiredState(
          SHOP,
          7,
          "v2",
          URI.create("https://h/shop.yml#sha256=" + "0".repeat(64)),
          Optional.of("v1"),
          "ci@build",
          AT,
          RolloutRules.NONE,
          Optional.empty());

  private static HostReport host(String node, HostState state, String live, String error) {
    return new HostReport(
        node,
        Optional.of(
            new HostStatus(
                node,
                SHOP,
                7,
                Optional.of("v2"),
                state,
                Optional.of(live),
                AT,
                error.isEmpty() ? Optional.empty() : Optional.of("health"),
                error.isEmpty() ? Optional.empty() : Optional.of(error),
                1.25,
                10,
                "0.1.0")),
        true);
  }

  private static FleetStatus fleet(HostReport... hosts) {
    return new FleetStatus(SHOP, Optional.of(DESIRED), List.of(hosts), AT);
  }

  private static List<String> lines(int width, HostReport... hosts) {
    return new StatusTable(fleet(hosts), width).lines();
  }

  @Test
  void theFirstLineSaysHowManyHaveWhatIsDesiredAndHostsThatAreSilentAreNamed() {
    List<String> lines =
        lines(
            200,
            host("a", HostState.FAILED, "v1", "no answer\nat all"),
            new HostReport("b", Optional.empty(), false),
            host("c", HostState.FETCHING, "v1", ""),
            host("d", HostState.LIVE, "v2", ""));

    assertThat(lines.get(0))
        .startsWith("shop: v2, generation 7, since 2026/")
        .endsWith(" by ci@build: 1 of 4 hosts have it, 1 failed, 1 on the way, 1 silent");
    assertThat(lines.get(1).split(" {2,}"))
        .containsExactly("", "host", "state", "live", "since", "took", "what");
    assertThat(lines.get(2))
        .contains("a ", "failed", "v1", "1.3 s")
        .endsWith("health: no answer\\nat all");
    assertThat(lines.get(3)).contains("b ").endsWith("not alive, did not report");
    assertThat(lines.get(4)).contains("c ", "fetching", "v1").endsWith("v2");
    assertThat(lines.get(5)).contains("d ", "live", "v2").endsWith("1.3 s");
  }

  @Test
  void aHostThatIsLiveWithSomethingElseDoesNotHaveWhatIsDesired() {
    assertThat(lines(200, host("a", HostState.LIVE, "v1", "")).get(0))
        .endsWith("0 of 1 host has it, 1 on the way");
  }

  @Test
  void linesFitTheTerminal() {
    assertThat(lines(80, host("a", HostState.FAILED, "v1", "x".repeat(200))))
        .allMatch(line -> line.codePointCount(0, line.length()) <= 80)
        .anyMatch(line -> line.endsWith("x…"));
  }

  @Test
  void nothingDesiredIsSaid() {
    assertThat(new StatusTable(new FleetStatus(SHOP, Optional.empty(), List.of(), AT), 80).lines())
        .containsExactly("shop: nothing is desired");
  }

  @Test
  void jsonHasALineForTheAppAndOneForEachHost() {
    assertThat(
            StatusJson.lines(
                fleet(
                    host("a", HostState.LIVE, "v2", ""),
                    new HostReport("b", Optional.empty(), true))))
        .containsExactly(
            "{\"app\":\"shop\",\"generation\":7,\"id\":\"v2\",\"manifest\":\"https://h/shop.yml#sha256="
                + "0".repeat(64)
                + "\",\"previous\":\"v1\",\"by\":\"ci@build\",\"since\":\"2026-01-31T14:04:05Z\","
                + "\"hosts\":2,\"live\":1,\"failed\":0,\"held\":0,\"silent\":1,\"at\":\"2026-01-31T14:04:05Z\"}",
            "{\"app\":\"shop\",\"node\":\"a\",\"alive\":true,\"state\":\"live\",\"generation\":7,"
                + "\"id\":\"v2\",\"live\":\"v2\",\"has\":true,\"since\":\"2026-01-31T14:04:05Z\","
                + "\"millis\":1250,\"bytes\":10,\"agent\":\"0.1.0\"}",
            "{\"app\":\"shop\",\"node\":\"b\",\"alive\":true}");
  }

  @Test
  void jsonHasTheUrlOfTheManifestWithoutItsSecrets() {
    DesiredState secret =
        new DesiredState(
            SHOP,
            7,
            "v2",
            URI.create("https://ci:pa55@h/shop.yml?sig=s3cret#sha256=" + "0".repeat(64)),
            Optional.empty(),
            "ci@build",
            AT,
            RolloutRules.NONE,
            Optional.empty());

    assertThat(StatusJson.lines(new FleetStatus(SHOP, Optional.of(secret), List.of(), AT)).get(0))
        .contains("\"manifest\":\"https://h/shop.yml#sha256=" + "0".repeat(64))
        .doesNotContain("pa55", "s3cret");
  }

  @Test
  void aReasonWithoutAStageIsShownAsItIs() {
    HostStatus said = host("web-1", HostState.SUPERSEDED, "v1", "").status().get();
    HostStatus replaced = said.withError(Optional.of("replaced; a rollout, or a retry, helps"));

    assertThat(lines(200, new HostReport("web-1", Optional.of(replaced), true)).get(2))
        .endsWith("  replaced; a rollout, or a retry, helps");
  }

  @Test
  void aTimeThatNoCalendarHasIsShownAsTheHostSaysIt() {
    HostStatus said = host("web-1", HostState.LIVE, "v2", "").status().get();
    HostStatus never =
        new HostStatus(
            said.node(),
            SHOP,
            7,
            said.id(),
            said.state(),
            said.live(),
            Instant.MAX,
            said.stage(),
            said.error(),
            said.seconds(),
            said.bytes(),
            said.agent());

    assertThat(lines(200, new HostReport("web-1", Optional.of(never), true)))
        .anyMatch(line -> line.contains("+1000000000-12-31T23:59:59"));
  }
}
