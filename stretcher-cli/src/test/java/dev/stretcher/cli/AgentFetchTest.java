package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okio.Buffer;
import org.junit.jupiter.api.Test;

/** Fetching and verifying. */
class AgentFetchTest extends AgentFixture {
  @Test
  void aWrongChecksumChangesNothing() throws Exception {
    deployFirst();
    URI manifest = app.write(yaml("0".repeat(64), "rsync"));

    assertFails(agent(manifest.toString()), "checksum mismatch", "expected:000", app.sha256());
    assertThat(app.dest().resolve("bin/run")).hasContent("v1");
  }

  @Test
  void aMissingOrMalformedChecksumFailsBeforeTheDownload() throws Exception {
    Cli.Result missing =
        agent(app.write("src: %s\ndest: %s\n".formatted(app.archive().toUri(), app.dest())) + "");
    Cli.Result malformed = agent(app.write(yaml("xyz", "rsync")).toString());

    assertFails(missing, "checksum", "add");
    assertThat(missing.err()).doesNotContain("Loading URL " + app.archive().toUri());
    assertFails(malformed, "checksum", "line 2");
    assertThat(app.dest()).doesNotExist();
  }

  @Test
  void aManifestThatIsNotThereIsAnError() throws Exception {
    try (MockWebServer server = started(new MockResponse.Builder().code(404).build())) {
      assertFails(agent(server.url("/app.yml?token=s3cret").toString()), "/app.yml", "404");
    }
  }

  @Test
  void anArchiveThatIsNotThereIsAnErrorAndNotRetried() throws Exception {
    try (MockWebServer server = started(new MockResponse.Builder().code(404).build())) {
      URI src = server.url("/app.tar.gz?X-Amz-Signature=s3cret").uri();

      Cli.Result result = agent(app.manifestFrom(src, "sync_strategy: mv").toString());

      assertFails(result, "/app.tar.gz", "404");
      assertThat(result.err()).doesNotContain("s3cret");
      assertThat(server.getRequestCount()).isEqualTo(1);
      assertThat(server.takeRequest().getHeaders().get("User-Agent")).startsWith("Stretcher/");
    }
  }

  @Test
  void aTruncatedBodyIsAnError() throws Exception {
    byte[] bytes = Files.readAllBytes(app.archive());
    MockResponse.Builder cut = new MockResponse.Builder();
    cut.body(new Buffer().write(bytes, 0, bytes.length / 2));
    cut.setHeader("Content-Length", bytes.length);
    cut.onResponseEnd(new mockwebserver3.SocketEffect.CloseSocket());
    try (MockWebServer server = started(cut.build())) {
      URI manifest = app.manifestFrom(server.url("/a.tar.gz").uri(), "sync_strategy: mv");

      Cli.Result result = run(List.of("--retry=0"), manifest.toString(), environment());

      assertFails(result, "cannot fetch", "/a.tar.gz");
    }
  }

  @Test
  void aBodyThatStallsEndsWithTheTimeOut() throws Exception {
    MockResponse.Builder slow = new MockResponse.Builder();
    slow.body(new Buffer().write(Files.readAllBytes(app.archive())));
    slow.throttleBody(1, 1, java.util.concurrent.TimeUnit.HOURS);
    try (MockWebServer server = started(slow.build())) {
      URI manifest = app.manifestFrom(server.url("/a.tar.gz").uri(), "sync_strategy: mv");

      Cli.Result result = run(List.of("-timeout", "0.5"), manifest.toString(), environment());

      assertFails(result, "timeout 500ms reached", "/a.tar.gz");
    }
  }
}
