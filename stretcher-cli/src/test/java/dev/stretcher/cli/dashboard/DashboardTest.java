package dev.stretcher.cli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.cli.Cli;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.HostState;
import dev.stretcher.store.Change;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the dashboard answers, to the page and to programs. */
@Timeout(60)
class DashboardTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private ShownFleet fleet;

  @BeforeEach
  void open() throws IOException {
    fleet = new ShownFleet();
  }

  @AfterEach
  void close() {
    fleet.close();
  }

  private void threeHosts() throws Exception {
    fleet.desire(ShownFleet.SHOP, "v1");
    fleet.says("web-1", HostState.LIVE, "v1");
    fleet.says("web-2", HostState.FAILED, "v0", Optional.of("exit status 1"));
    fleet.says("web-3", HostState.HELD, "v0", Optional.of("1 failure, at most 0"));
    fleet.started();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(HttpRequest.newBuilder(fleet.url(path)).build(), BodyHandlers.ofString());
  }

  private String body(String path) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return answer.body();
  }

  /** Returns the events of a stream, each as its name and its data. */
  private BufferedReader stream(String path) throws Exception {
    HttpResponse<InputStream> answer =
        client.send(HttpRequest.newBuilder(fleet.url(path)).build(), BodyHandlers.ofInputStream());
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
  }

  private static String until(BufferedReader stream, String text) throws IOException {
    for (String line = stream.readLine(); line != null; line = stream.readLine()) {
      if (line.contains(text)) {
        return line;
      }
    }
    throw new AssertionError("the stream ended without " + text);
  }

  @Test
  void appsAndTheirHostsAreToldTheFailingOnesFirst() throws Exception {
    threeHosts();
    assertThat(body("/api/apps"))
        .contains("\"store\":\"", "\"ready\":true", "\"app\":\"shop\"", "\"id\":\"v1\"")
        .contains("\"hosts\":3,\"live\":1,\"failed\":1,\"held\":1,\"silent\":0")
        .contains("example.com/v1.yml")
        .doesNotContain("secret");
    assertThat(body("/api/apps/shop/hosts"))
        .containsSubsequence(
            "\"node\":\"web-2\"", "\"node\":\"web-3\"", "\"node\":\"web-1\"", "\"live\":\"v1\"")
        .contains("\"error\":\"exit status 1\"", "\"standing\":\"failed\"", "\"millis\":1250");
    assertThat(get("/api/apps/nosuch/hosts").statusCode()).isEqualTo(404);
  }

  @Test
  void aFleetWithoutAppsIsNoError() throws Exception {
    fleet.started();
    assertThat(body("/api/apps")).contains("\"ready\":true", "\"apps\":[]");
    assertThat(body("/healthz")).startsWith("ok: ");
  }

  @Test
  void whatCannotBeReadIsToldAndTheOthersAreShown() throws Exception {
    threeHosts();
    fleet.desire(new AppName("web"), "v7");
    fleet.store.put(FleetKeys.desired(ShownFleet.SHOP), "{ not JSON");
    fleet.store.put(FleetKeys.host("web-1", ShownFleet.SHOP), "\u001b]0;x\u0007");
    fleet.store.put("stretcher/desired/../..", "{}");

    try (BufferedReader stream = stream("/api/stream")) {
      assertThat(until(stream, "{\"app\":\"shop\",\"hosts\":3,"))
          .contains("\"problem\":\"", "{\"app\":\"web\",\"generation\":1,\"id\":\"v7\"");
    }
    try (BufferedReader stream = stream("/api/stream?app=shop")) {
      until(stream, "\"node\":\"web-1\",\"alive\":true,\"problem\":\"");
    }
  }

  @Test
  void aLogIsTextWithoutColoursAndOtherControlCharacters() throws Exception {
    threeHosts();
    fleet.logs(
        "web-1",
        "\u001b[1;31mred\u001b[0m \\x1b[32mgreen\\x1b[0m \u001b]0;title\u0007<script>\u0008\n"
            + "next\n");
    assertThat(body("/api/apps/shop/hosts/web-1/log"))
        .contains("\"log\":\"red green <script>\\\\x08\\nnext\\n\"");
    assertThat(get("/api/apps/shop/hosts/web-2/log").statusCode()).isEqualTo(404);
    assertThat(get("/api/apps/..%2Fx/hosts/web-2/log").statusCode()).isEqualTo(404);
  }

  @Test
  void aChangeComesAsOneHostAndAHostThatIsGoneIsNamed() throws Exception {
    threeHosts();
    try (BufferedReader stream = stream("/api/stream?app=shop")) {
      assertThat(until(stream, "\"all\":true")).contains("web-1", "web-2", "web-3");
      fleet.says("web-2", HostState.LIVE, "v1");
      assertThat(until(stream, "\"all\":false"))
          .contains("\"hosts\":[{", "\"node\":\"web-2\"", "\"gone\":[]")
          .doesNotContain("web-1", "web-3");
      fleet.store.write(List.of(Change.delete(FleetKeys.host("web-3", ShownFleet.SHOP))));
      until(stream, "\"gone\":[{\"node\":\"web-3\"}]");
    }
  }

  @Test
  void aStoreThatIsAwayIsToldWithTheTimeAndWhatItSaidStays() throws Exception {
    threeHosts();
    try (BufferedReader stream = stream("/api/stream?app=shop")) {
      until(stream, "\"all\":true");
      fleet.store.goAway();
      assertThat(until(stream, "\"lost\""))
          .contains("\"lost\":\"2026-01-31T15:00:00Z\",\"reason\":\"connection refused\"")
          .contains("\"hosts\":3");
      assertThat(body("/api/apps/shop/hosts")).contains("web-1", "web-2", "web-3");
      assertThat(body("/healthz")).contains("cannot be asked since 2026-01-31T15:00:00Z");
      assertThat(get("/api/apps/shop/hosts/web-1/log").statusCode()).isEqualTo(503);
      fleet.store.comeBack();
      assertThat(until(stream, "\"ready\"")).doesNotContain("lost");
    }
  }

  @Test
  void untilTheStoreHasAnsweredNothingIsKnown() throws Exception {
    fleet.store.goAway();
    fleet.watch.start();
    try (BufferedReader stream = stream("/api/stream")) {
      until(stream, "\"ready\":false,\"lost\"");
    }
    assertThat(get("/healthz").statusCode()).isEqualTo(503);
    assertThat(get("/api/apps/shop/hosts").statusCode()).isEqualTo(503);
  }

  @Test
  void fiftyPagesThatDoNotReadKeepNobodyOut() throws Exception {
    threeHosts();
    List<Socket> pages = new ArrayList<>();
    try {
      for (int i = 0; i < 50; i++) {
        Socket page = new Socket("127.0.0.1", fleet.port.address().getPort());
        pages.add(page);
        page.getOutputStream()
            .write(
                "GET /api/stream?app=shop HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
      }
      assertThat(body("/metrics")).contains("stretcher_store_up 1.0");
      try (BufferedReader stream = stream("/api/stream?app=shop")) {
        until(stream, "\"all\":true");
        fleet.says("web-2", HostState.LIVE, "v1");
        until(stream, "\"all\":false");
      }
    } finally {
      for (Socket page : pages) {
        page.close();
      }
    }
  }

  @Test
  void metricsCountHostsByStateAndByHowFarTheyAre() throws Exception {
    threeHosts();
    assertThat(body("/metrics").lines())
        .contains(
            "stretcher_fleet_hosts{app=\"shop\",state=\"failed\"} 1.0",
            "stretcher_fleet_hosts{app=\"shop\",state=\"fetching\"} 0.0",
            "stretcher_fleet_standing_hosts{app=\"shop\",standing=\"live\"} 1.0",
            "stretcher_fleet_generation{app=\"shop\"} 1.0",
            "stretcher_fleet_desired_info{app=\"shop\",id=\"v1\"} 1",
            "stretcher_dashboard_streams 0.0")
        .anyMatch(line -> line.startsWith("stretcher_fleet_behind_seconds{app=\"shop\"} "));
  }

  @Test
  void thePageMayLoadNothingFromElsewhereAndNobodyMayReadIt() throws Exception {
    HttpResponse<String> page = get("/");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe", "http", "*", "data:");
    assertThat(page.headers().map()).doesNotContainKey("access-control-allow-origin");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(page.body()).doesNotContain("://", "style=", "onclick", "<style");
  }

  @Test
  void aNameThatLeadsHereIsRefused() throws Exception {
    int port = fleet.port.address().getPort();
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket
          .getOutputStream()
          .write(
              "GET /api/apps HTTP/1.0\r\nHost: evil.example:%s\r\n\r\n"
                  .formatted(Integer.toString(port))
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 421 ")
          .doesNotContain("apps");
    }
  }

  @Test
  void whatCannotBeShownIsRefusedWithTheRemedy(@TempDir Path directory) {
    String store = "--store=file:" + directory.resolve("store");
    assertThat(run("dashboard", store, "--service=web").err()).contains("--nodes");
    assertThat(run("dashboard", store, "--listen=here").err()).contains("expected HOST:PORT");
    String taken = "--listen=" + fleet.port.address().getPort();
    Cli.Result result = run("dashboard", store, taken);
    assertThat(result.err()).contains("cannot listen at /127.0.0.1:");
    assertThat(result.exitCode()).isEqualTo(1);
  }

  private static Cli.Result run(String... args) {
    return Cli.launch(List.of(args), InputStream.nullInputStream(), Map.of());
  }

  @Test
  void itIsReadOnlyAndGivesOutItsOwnFilesAlone() throws Exception {
    HttpRequest.Builder post =
        HttpRequest.newBuilder(fleet.url("/api/apps"))
            .POST(HttpRequest.BodyPublishers.ofString("{}"));
    assertThat(client.send(post.build(), BodyHandlers.discarding()).statusCode()).isEqualTo(405);
    for (String path : List.of("/page/index.html", "/../Board.class", "/%2e%2e/Board.class")) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(404);
    }
    URI stream = fleet.url("/api/stream");
    HttpRequest head =
        HttpRequest.newBuilder(stream).method("HEAD", HttpRequest.BodyPublishers.noBody()).build();
    assertThat(client.send(head, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
  }
}
