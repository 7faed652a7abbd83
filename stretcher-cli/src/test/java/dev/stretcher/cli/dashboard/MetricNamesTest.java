package dev.stretcher.cli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stretcher.cli.monitor.AgentMetrics;
import dev.stretcher.cli.monitor.AgentPort;
import dev.stretcher.cli.monitor.AgentWatch;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.DeployListener;
import dev.stretcher.report.StretcherException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The names of metrics that people build on: in the reference, on the board, in the alerts. */
@Timeout(60)
class MetricNamesTest {
  private static final Path ROOT =
      Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
  private static final Pattern NAME = Pattern.compile("stretcher_[a-z_]+");
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (stretcher_[a-z_]+) ");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(stretcher_[a-z_]+)");
  private static Set<String> names;

  @BeforeAll
  static void ask() throws Exception {
    names = new TreeSet<>(agent());
    try (ShownFleet fleet = new ShownFleet()) {
      fleet.desire(ShownFleet.SHOP, "v1");
      fleet.says("web-1", HostState.LIVE, "v1");
      fleet.started();
      names.addAll(found(TYPE, get(fleet.url("/metrics"))));
    }
  }

  private static Set<String> agent() throws Exception {
    AgentWatch watch = new AgentWatch("file:/srv/fleet");
    AgentMetrics metrics = new AgentMetrics(watch, "1.2", InstantSource.system());
    HostStatus status =
        new HostStatus(
            "n",
            ShownFleet.SHOP,
            1,
            Optional.of("v1"),
            HostState.FETCHING,
            Optional.of("v1"),
            Instant.EPOCH,
            Optional.empty(),
            Optional.empty(),
            0,
            1,
            "");
    watch.onStatus(status);
    metrics.onStatus(status);
    metrics.onStatus(HostStatus.parse(status.json().replace("fetching", "live")));
    deploy(metrics.of(ShownFleet.SHOP));
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (AgentPort port = AgentPort.open(free, watch, metrics)) {
      int number = port.address().getPort();
      return found(TYPE, get(URI.create("http://127.0.0.1:" + number + "/metrics")));
    }
  }

  private static void deploy(DeployListener deploy) {
    deploy.onEvent(new DeployEvent.LoadingManifest(URI.create("https://h/shop.yml")));
    DeployEvent.Fetched.Part part = new DeployEvent.Fetched.Part(1000, 2, 9, 8);
    deploy.onEvent(
        new DeployEvent.Fetched(100, Path.of("a"), false, Duration.ZERO, Optional.of(part)));
    StretcherException failure =
        new StretcherException.SyncFailed(
            Path.of("/srv"), StretcherException.Failure.of("no space"));
    deploy.onEvent(new DeployEvent.Failed(failure, Duration.ZERO));
  }

  private static String get(URI url) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString())
        .body();
  }

  private static Set<String> found(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
      found.add(matcher.group(pattern == NAME ? 0 : 1));
    }
    return found;
  }

  @Test
  void theReferenceHasThemAll() throws Exception {
    String page = Files.readString(ROOT.resolve("docs/reference/fleet.md"));
    assertThat(found(ROW, page)).isEqualTo(names);
  }

  @ParameterizedTest
  @ValueSource(strings = {"grafana.json", "alerts.yml"})
  void examplesUseNoOther(String name) throws Exception {
    String example = Files.readString(ROOT.resolve("examples/fleet").resolve(name));
    assertThat(found(NAME, example)).hasSizeGreaterThan(3).allMatch(names::contains);
  }

  @Test
  void theBoardIsJson() throws Exception {
    Path board = ROOT.resolve("examples/fleet/grafana.json");
    assertThat(new ObjectMapper().readTree(board.toFile()).at("/panels")).hasSizeGreaterThan(3);
  }
}
