package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the stand-in with what a real Consul was recorded to answer. */
class ConsulStandInTest {
  private static final Pattern EXCHANGE =
      Pattern.compile(
          "^\\$ curl -i (?:-X PUT --data(?:-binary)? (.*?) )?http://CONSUL(\\S+)\\n"
              + "HTTP/1.1 (\\d+).*?\\n(.*?)\\n\\n(.*)$",
          Pattern.DOTALL);
  private static final String KEY = "/v1/kv/stretcher/app/manifest";

  /** A request, and the answer of a real agent. */
  private record Recorded(String put, String path, int status, String headers, String body) {
    String contentType() {
      return headers
          .lines()
          .filter(line -> line.startsWith("Content-Type: "))
          .map(line -> line.substring("Content-Type: ".length()))
          .findFirst()
          .orElse("");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {KEY, KEY + "?raw", "/v1/kv/no/such/key"})
  void answersAsRecorded(String path) throws Exception {
    Recorded expected = recorded("kv.txt", path);
    try (ConsulStandIn consul = new ConsulStandIn()) {
      consul
          .values()
          .put("stretcher/app/manifest", new ConsulStandIn.Value("s3://bucket/app-1.yml", ""));

      HttpResponse<String> answer = send(consul, expected.path(), expected.put());

      assertThat(answer.statusCode()).isEqualTo(expected.status());
      assertThat(answer.body().strip()).isEqualTo(expected.body().strip());
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .isEqualTo(expected.contentType());
    }
  }

  @Test
  void refusesAValueThatIsTooLarge() throws Exception {
    Recorded expected = recorded("kv-too-large.txt", "/v1/kv/big");
    try (ConsulStandIn consul = new ConsulStandIn()) {
      HttpResponse<String> answer = send(consul, expected.path(), "x".repeat(600_000));

      assertThat(answer.statusCode()).isEqualTo(expected.status());
      assertThat(answer.body().strip()).isEqualTo(expected.body().strip());
    }
  }

  @Test
  void refusesWhoHasNoToken() throws Exception {
    Recorded expected = recorded("acl.txt", KEY);
    try (ConsulStandIn consul = new ConsulStandIn()) {
      consul.requireToken("secret");

      HttpResponse<String> answer = send(consul, expected.path(), "");

      assertThat(answer.statusCode()).isEqualTo(expected.status());
      assertThat(answer.body()).isEqualTo(expected.body().strip());
    }
  }

  private static HttpResponse<String> send(ConsulStandIn consul, String path, String put)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(consul.url() + path));
    if (!put.isEmpty()) {
      request.PUT(BodyPublishers.ofString(put));
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  private static Recorded recorded(String file, String path) throws IOException {
    return exchanges(file).stream()
        .filter(exchange -> exchange.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  private static List<Recorded> exchanges(String file) throws IOException {
    try (InputStream in = ConsulStandInTest.class.getResourceAsStream("/consul/" + file)) {
      String text =
          new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
              .replace("\r\n", "\n");
      return Arrays.stream(text.split("(?m)(?=^\\$ )"))
          .map(part -> EXCHANGE.matcher(part.strip() + "\n\n"))
          .filter(Matcher::find)
          .map(
              found ->
                  new Recorded(
                      Objects.requireNonNullElse(found.group(1), ""),
                      found.group(2),
                      Integer.parseInt(found.group(3)),
                      found.group(4),
                      found.group(5)))
          .toList();
    }
  }
}
