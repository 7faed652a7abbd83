package dev.stretcher.cli.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.DeployListener;
import dev.stretcher.report.StretcherException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an agent answers to Prometheus and to load balancers. */
class AgentPortTest {
  private final AgentWatch watch = new AgentWatch("file:/srv/fleet");
  private final AtomicLong seconds = new AtomicLong(5000);
  private final AgentMetrics metrics =
      new AgentMetrics(watch, "1.2", () -> Instant.ofEpochSecond(seconds.get()));
  private final AgentListeners agent = new AgentListeners(List.of(watch, metrics));
  private AgentPort port;

  @BeforeEach
  void listen() throws IOException {
    port =
        AgentPort.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), watch, metrics);
  }

  @AfterEach
  void stop() {
    port.close();
  }

  private HttpResponse<String> get(String path, String method) throws Exception {
    URI url = new URI("http", null, "127.0.0.1", port.address().getPort(), path, null, null);
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(url).method(method, HttpRequest.BodyPublishers.noBody()).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private void assertHealth(int status, String text) throws Exception {
    HttpResponse<String> answer = get("/healthz", "GET");
    assertThat(answer.body()).contains(text);
    assertThat(answer.statusCode()).isEqualTo(status);
  }

  private static HostStatus status(HostState state, String live) {
    return new HostStatus(
        "n",
        new AppName("shop"),
        3,
        Optional.of("v2"),
        state,
        Optional.of(live),
        Instant.ofEpochSecond(1000),
        Optional.empty(),
        Optional.empty(),
        0.25,
        1024,
        "");
  }

  @Test
  void healthSaysWhetherTheStoreOrWhatIsRememberedCounts() throws Exception {
    assertHealth(503, "starting: file:/srv/fleet has not answered yet");
    agent.onStoreLost("connection refused");
    assertHealth(503, "nothing is remembered: connection refused");
    agent.onReady();
    assertHealth(200, "ok: file:/srv/fleet cannot be asked, and what it said last counts");
    agent.onStoreFound();
    agent.onStatus(status(HostState.FAILED, "v1"));
    assertHealth(200, "ok: file:/srv/fleet is there\nshop v2 failed\n");
    String reason = "only 32 apps deploy at once";
    agent.onStatus(status(HostState.WAITING, "v1").withError(Optional.of(reason)));
    assertHealth(200, "\nshop v2 waiting\nshop: only 32 apps deploy at once\n");
  }

  @Test
  void metricsCountWhatEndedAndShowWhatIs() throws Exception {
    agent.onReady();
    agent.onStatus(status(HostState.FETCHING, "v1"));
    agent.onStatus(status(HostState.LIVE, "v2"));
    agent.onStatus(status(HostState.LIVE, "v2"));
    agent.onStoreLost("gone");

    HttpResponse<String> answer = get("/metrics", "GET");

    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/plain; version=0.0.4");
    assertThat(answer.body().lines())
        .contains(
            "stretcher_build_info{version=\"1.2\"} 1",
            "stretcher_store_up 0.0",
            "stretcher_store_losses_total 1.0",
            "stretcher_app_state{app=\"shop\",stretcher_app_state=\"live\"} 1",
            "stretcher_app_state{app=\"shop\",stretcher_app_state=\"rolled-back\"} 0",
            "stretcher_app_generation{app=\"shop\"} 3.0",
            "stretcher_app_since_timestamp_seconds{app=\"shop\"} 1000.0",
            "stretcher_app_deploy_duration_seconds{app=\"shop\"} 0.25",
            "stretcher_app_deploys_total{app=\"shop\",outcome=\"live\"} 1.0",
            "stretcher_app_fetched_bytes_total{app=\"shop\"} 1024.0");
  }

  @Test
  void metricsSayHowLongWhatIsDesiredIsNotLiveAndWhatIs() throws Exception {
    agent.onStatus(status(HostState.FETCHING, "v1"));
    seconds.addAndGet(7);
    agent.onStatus(status(HostState.FAILED, "v1"));
    assertMetrics(
        "stretcher_app_live_info{app=\"shop\",desired=\"v2\",generation=\"3\",id=\"v1\"} 1",
        "stretcher_app_behind_seconds{app=\"shop\"} 7.0");

    agent.onStatus(status(HostState.LIVE, "v2"));
    assertMetrics(
        "stretcher_app_live_info{app=\"shop\",desired=\"v2\",generation=\"3\",id=\"v2\"} 1",
        "stretcher_app_behind_seconds{app=\"shop\"} 0.0");
  }

  @Test
  void metricsCountWhatFailedWhereAndWhatWasSaved() throws Exception {
    DeployListener deploy = metrics.of(new AppName("shop"));
    deploy.onEvent(new DeployEvent.LoadingManifest(URI.create("https://h/shop.yml")));
    deploy.onEvent(
        new DeployEvent.Fetched(
            100,
            Path.of("a"),
            false,
            Duration.ofSeconds(1),
            Optional.of(new DeployEvent.Fetched.Part(1000, 2, 9, 8))));
    StretcherException failure =
        new StretcherException.SyncFailed(
            Path.of("/srv"), StretcherException.Failure.of("no space"));
    deploy.onEvent(new DeployEvent.Failed(failure, Duration.ofSeconds(1)));

    assertMetrics(
        "stretcher_app_failures_total{app=\"shop\",kind=\"SyncFailed\",stage=\"sync\"} 1.0",
        "stretcher_app_saved_bytes_total{app=\"shop\"} 900.0");
    assertThat(get("/metrics", "GET").body())
        .contains("stretcher_app_stage_seconds_total{app=\"shop\",stage=\"manifest\"}");
  }

  private void assertMetrics(String... lines) throws Exception {
    assertThat(get("/metrics", "GET").body().lines()).contains(lines);
  }

  @Test
  void anythingElseIsRefused() throws Exception {
    assertThat(get("/", "GET").statusCode()).isEqualTo(404);
    assertThat(get("/metrics", "POST").statusCode()).isEqualTo(405);
    assertThat(get("/healthz", "HEAD").statusCode()).isEqualTo(503);
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    assertThatThrownBy(() -> AgentPort.open(port.address(), watch, metrics).close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot listen at /127.0.0.1:" + port.address().getPort());
  }
}
