package dev.stretcher.fleet;

import static dev.stretcher.fleet.FleetFixture.NOW;
import static dev.stretcher.fleet.FleetFixture.ONE;
import static dev.stretcher.fleet.FleetFixture.SHOP;
import static dev.stretcher.fleet.FleetFixture.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StatusTest {
  private static final Counted REPORTING = new Counted.Reporting();

  private final FleetFixture it = new FleetFixture();

  private static List<String> nodes(List<HostReport> hosts) {
    return hosts.stream().map(HostReport::node).toList();
  }

  @Test
  void showsTheFailingHostsFirst() throws Exception {
    it.fleet.rollout(new RolloutRequest(SHOP, ONE, "1.0", "ci"));
    it.fleet.rollout(new RolloutRequest(SHOP, TWO, "2.0", "ci"));
    it.says("a", HostState.LIVE, 2, "2.0");
    it.says("b", HostState.FETCHING, 2, "1.0");
    it.says("c", HostState.HELD, 2, "1.0");
    it.says("d", HostState.FAILED, 2, "1.0");
    it.says("e", HostState.ROLLED_BACK, 2, "1.0");
    it.store.put("stretcher/hosts/f/shop", "{\"v\":1");

    FleetStatus status = it.fleet.status(SHOP, REPORTING);

    assertThat(nodes(status.hosts())).containsExactly("d", "e", "c", "f", "b", "a");
    assertThat(nodes(status.of(Standing.FAILED))).containsExactly("d", "e");
    assertThat(nodes(status.of(Standing.HELD))).containsExactly("c");
    assertThat(nodes(status.of(Standing.SILENT))).containsExactly("f");
    assertThat(nodes(status.of(Standing.BEHIND))).containsExactly("b");
    assertThat(nodes(status.of(Standing.LIVE))).containsExactly("a");
    assertThat(nodes(status.missing())).containsExactly("c", "f", "b");
    assertThat(status.hosts().get(3).problem()).isPresent();
    assertThat(status.desired()).map(DesiredState::id).contains("2.0");
    assertThat(status.at()).isEqualTo(NOW);
  }

  @Test
  void whatAHostSaidOfAnEarlierGenerationIsNotOfThisOne() throws Exception {
    it.says("failed", HostState.FAILED, 1, "0.9");
    it.says("live", HostState.LIVE, 1, "1.0");
    it.fleet.rollout(new RolloutRequest(SHOP, ONE, "1.0", "ci"));

    FleetStatus status = it.fleet.status(SHOP, REPORTING);

    assertThat(status.desired()).map(DesiredState::generation).contains(2L);
    assertThat(nodes(status.of(Standing.BEHIND))).containsExactly("failed", "live");
  }

  @Test
  void whatIsMeasuredCountsAndNotWhatWasDesired() throws Exception {
    it.fleet.rollout(new RolloutRequest(SHOP, ONE, "1.0", "ci"));
    it.says("changed-by-hand", HostState.LIVE, 1, "0.9");
    it.says("unknown", HostState.LIVE, 1, "");

    assertThat(it.fleet.status(SHOP, REPORTING).of(Standing.LIVE)).isEmpty();
  }

  @Test
  void countsThoseThatReportedThisAppAndAreAlive() throws Exception {
    it.fleet.rollout(new RolloutRequest(SHOP, ONE, "1.0", "ci"));
    it.says("web-1", HostState.LIVE, 1, "1.0");
    it.says("gone", HostState.LIVE, 1, "1.0");
    it.store.put("stretcher/hosts/web-1/webshop", "{}");
    it.store.put("stretcher/hosts/web-1/x/shop", "{}");
    it.store.put("stretcher/hosts//shop", "{}");
    assertThat(nodes(it.fleet.status(SHOP, REPORTING).hosts())).contains("gone", "web-1");

    it.store.members("web-1", Set.of("web-1", "db-1"));

    assertThat(nodes(it.fleet.status(SHOP, REPORTING).hosts())).containsExactly("web-1");
  }

  @Test
  void countsTheHostsThatAreNamedAlsoThoseThatNeverReported() throws Exception {
    it.fleet.rollout(new RolloutRequest(SHOP, ONE, "1.0", "ci"));
    it.says("web-1", HostState.LIVE, 1, "1.0");
    it.says("web-2", HostState.LIVE, 1, "1.0");
    it.says("web-4", HostState.LIVE, 1, "1.0");
    it.store.members("web-1", Set.of("web-1", "web-3"));

    FleetStatus status =
        it.fleet.status(SHOP, new Counted.Named(Set.of("web-1", "web-2", "web-3")));

    assertThat(status.hosts()).extracting(HostReport::alive).containsExactly(false, true, true);
    assertThat(nodes(status.of(Standing.SILENT))).containsExactly("web-2", "web-3");
    assertThat(nodes(status.of(Standing.LIVE))).containsExactly("web-1");
  }

  @Test
  void countsTheHostsOfAService() throws Exception {
    Counted having = new Counted.Having("shop");
    assertThatThrownBy(() -> it.fleet.status(SHOP, having))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("memory://test does not know which hosts have the service 'shop'");

    it.store.members("web-1", Set.of("web-1", "web-2"));

    assertThat(nodes(it.fleet.status(SHOP, having).hosts())).containsExactly("web-1", "web-2");
  }

  @Test
  void aHostThatWroteTheStatusOfAnotherIsNotBelieved() throws Exception {
    it.fleet.rollout(new RolloutRequest(SHOP, ONE, "1.0", "ci"));
    it.store.put(
        FleetKeys.host("web-1", SHOP),
        FleetFixture.status("web-2", HostState.LIVE, 1, "1.0").json());

    HostReport report = it.fleet.status(SHOP, REPORTING).hosts().get(0);

    assertThat(report.standing(it.fleet.desired(SHOP))).isEqualTo(Standing.SILENT);
    assertThat(report.problem()).contains("it is of the app shop on web-2");
  }

  @Test
  void nothingIsDesiredOfAnAppThatNobodyPublished() throws Exception {
    FleetStatus status = it.fleet.status(SHOP, REPORTING);

    assertThat(status.desired()).isEqualTo(Optional.empty());
    assertThat(status.hosts()).isEmpty();
  }
}
