package dev.stretcher.cli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The names of metrics that people build on: in the reference, on the board, in the alerts. */
@Timeout(60)
class MetricNamesTest {
  private static final Path ROOT =
      Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
  private static final Pattern NAME = Pattern.compile("stretcher_[a-z_]+");
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (stretcher_[a-z_]+) ");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(stretcher_[a-z_]+)");
  private static final Pattern SAMPLE = Pattern.compile("(?m)^(stretcher_[a-z_]+)\\{(.*)\\} ");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

  /** The labels that Prometheus itself gives each sample. */
  private static final Set<String> TARGET = Set.of("instance", "job");

  private static final Map<String, Map<String, Set<String>>> LABELS = new TreeMap<>();
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
    String text =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString())
            .body();
    for (Matcher sample = SAMPLE.matcher(text); sample.find(); ) {
      Map<String, Set<String>> labels =
          LABELS.computeIfAbsent(sample.group(1), name -> new TreeMap<>());
      for (Matcher label = LABEL.matcher(sample.group(2)); label.find(); ) {
        labels.computeIfAbsent(label.group(1), name -> new TreeSet<>()).add(label.group(2));
      }
    }
    return text;
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
  @ValueSource(strings = {"grafana.json", "alerts.yml", "alerts.test.yml"})
  void examplesUseNoOther(String name) throws Exception {
    String example = Files.readString(ROOT.resolve("examples/fleet").resolve(name));
    assertThat(found(NAME, example)).hasSizeGreaterThan(3).allMatch(names::contains);
  }

  static Stream<Expression> expressions() throws Exception {
    Path examples = ROOT.resolve("examples/fleet");
    return Expression.of(examples.resolve("alerts.yml"), examples.resolve("grafana.json"));
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void expressionsAskForMetricsAndLabelsThatThereAre(Expression expression) {
    Set<String> metrics = expression.metrics();
    assertThat(metrics).isNotEmpty().allMatch(name -> name.equals("up") || names.contains(name));

    Set<String> labels = new TreeSet<>(TARGET);
    metrics.forEach(name -> labels.addAll(LABELS.getOrDefault(name, Map.of()).keySet()));
    assertThat(labels).containsAll(expression.labels());

    for (Expression.Matcher matcher : expression.matchers()) {
      assertThat(labels).contains(matcher.label());
      if (matcher.operator().equals("=") && !TARGET.contains(matcher.label())) {
        assertThat(LABELS.get(matcher.metric()).get(matcher.label())).contains(matcher.value());
      }
    }
  }
}
