package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Flags that say how to fetch. */
class AgentSourcesTest extends AgentFixture {
  @Test
  void headersComeFromTheEnvironment() throws Exception {
    try (MockWebServer server = started(manifest())) {
      Map<String, String> environment = environment();
      environment.put("TOKEN", "Bearer s3cret");
      environment.put("TEAM", "red");

      Cli.Result result =
          run(
              List.of("--http-header=Authorization=TOKEN", "-http-header", "X-Team=TEAM"),
              server.url("/app.yml").toString(),
              environment);

      assertThat(result.exitCode()).isZero();
      assertThat(result.err()).doesNotContain("s3cret");
      var headers = server.takeRequest().getHeaders();
      assertThat(headers.get("Authorization")).isEqualTo("Bearer s3cret");
      assertThat(headers.get("X-Team")).isEqualTo("red");
    }
  }

  @Test
  void aHeaderWithoutAHostIsSentAndWarnedOf() throws Exception {
    try (MockWebServer server = started(manifest())) {
      Map<String, String> environment = environment();
      environment.put("TOKEN", "s3cret");

      Cli.Result result =
          run(
              List.of("--http-header=X-A=TOKEN", "--http-header=localhost/X-B=TOKEN"),
              server.url("/app.yml").toString(),
              environment);

      assertThat(result.exitCode()).isZero();
      assertThat(result.err())
          .contains("--http-header=X-A=TOKEN goes to each host that a manifest names")
          .contains("write HOST/X-A=TOKEN")
          .doesNotContain("X-B")
          .doesNotContain("s3cret");
      assertThat(server.takeRequest().getHeaders().get("X-A")).isEqualTo("s3cret");
    }
  }

  @Test
  void aLoginComesFromNetrc() throws Exception {
    try (MockWebServer server = started(manifest())) {
      Files.writeString(
          directory.resolve(".netrc"), "machine localhost login me password s3cret\n");
      Map<String, String> environment = environment();
      environment.put("HOME", directory.toString());

      Cli.Result result = run(List.of(), server.url("/app.yml").toString(), environment);

      assertThat(result.exitCode()).isZero();
      assertThat(server.takeRequest().getHeaders().get("Authorization"))
          .isEqualTo("Basic bWU6czNjcmV0");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--http-header=Authorization: Bearer s3cret",
        "--http-header=Authorization=NO_SUCH_VARIABLE",
        "--connections=0",
        "--connections=65",
        "--connections=many",
        "--stall-timeout=soon"
      })
  void whatMakesNoSenseIsRefused(String flag) throws Exception {
    Cli.Result result = run(List.of(flag), "", environment());

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains(flag.replaceFirst("--([a-z]+).*", "$1"));
    assertThat(result.err()).doesNotContain("s3cret");
  }

  @Test
  void aCaFileThatIsMissingIsAnError() throws Exception {
    Cli.Result result =
        run(
            List.of("--ca-file=/no/such.pem", "--retry=0"),
            "https://localhost:1/app.yml",
            environment());

    assertFails(result, "/no/such.pem", "cannot be read");
  }

  @Test
  void aServerThatStallsIsGivenUp() throws Exception {
    try (MockWebServer server =
        started(
            new MockResponse.Builder()
                .body("commands: {}")
                .throttleBody(1, 1, TimeUnit.HOURS)
                .build())) {
      Cli.Result result =
          run(
              List.of("--stall-timeout=300ms", "--retry=0"),
              server.url("/app.yml").toString(),
              environment());

      assertFails(result, "nothing came for 300ms");
    }
  }

  private MockResponse manifest() throws IOException {
    return new MockResponse.Builder().body(yaml("sha256:" + app.sha256(), "mv")).build();
  }
}
