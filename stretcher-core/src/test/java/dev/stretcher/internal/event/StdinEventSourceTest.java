package dev.stretcher.internal.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.option.Options;
import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.EventSource;
import dev.stretcher.spi.MalformedEventException;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StdinEventSourceTest {
  private static final URI URL = URI.create("s3://b/1.yml");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://b/1.yml",
        "s3://b/1.yml\n",
        "s3://b/1.yml\r\n",
        " \t s3://b/1.yml \n",
        "s3://b/1.yml\ns3://b/2.yml\n"
      })
  void theFirstLineIsTheUrl(String stdin) throws Exception {
    assertThat(source(stdin).next())
        .contains(new DeployRequest(URL, new DeployRequest.Other("STDIN")));
  }

  @Test
  void aUrlMayHaveWhatJavaRefuses() throws Exception {
    assertThat(source("file:///srv/my app.yml\n").next())
        .map(DeployRequest::manifest)
        .contains(URI.create("file:///srv/my%20app.yml"));
  }

  @Test
  void theEventOfSerfHasItsName() throws Exception {
    EventSource source = source("s3://b/1.yml", Map.of("SERF_USER_EVENT", "deploy"));

    assertThat(source.next()).contains(new DeployRequest(URL, new DeployRequest.Serf("deploy")));
  }

  @Test
  void thereIsOneEventOnly() throws Exception {
    EventSource source = source("s3://b/1.yml\ns3://b/2.yml\n");

    assertThat(source.next()).isPresent();
    assertThat(source.next()).isEmpty();
  }

  @Test
  void theSourceIsNamedForTheLog() {
    assertThat(source("").name()).isEqualTo("STDIN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "  \r\n", "\ns3://b/1.yml\n"})
  void aBlankLineIsNoUrl(String stdin) {
    assertThatMessageFor(source(stdin)).contains("no URL", "https://host/app.yml");
  }

  @Test
  void emptyStdinIsNoEvent() {
    assertThatMessageFor(source("")).contains("STDIN is empty", "echo https://host/app.yml");
    assertThatMessageFor(source("", Map.of("CONSUL_INDEX", "1"))).contains("STDIN is empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"deploy", "deploy s3://b/1.yml", "/srv/app.yml", "s3://b/a\tb", "{}"})
  void aLineThatIsNoUrlIsShown(String stdin) {
    assertThatMessageFor(source(stdin))
        .contains("the line on STDIN", stdin.replace("\t", "\\t"), "is not a URL");
  }

  @Test
  void secretsAreNotShown() {
    assertThatMessageFor(source("https://me:secret@host/%?token=secret")).doesNotContain("secret");
  }

  @Test
  void aLineThatIsNotUtf8IsRefused() {
    byte[] bytes = "s3://b/gr\u00f6\u00dfe".getBytes(StandardCharsets.ISO_8859_1);
    EventSource source =
        new StdinEventSource(new ByteArrayInputStream(bytes), Map.of(), Options.DEFAULT);

    assertThatMessageFor(source).contains("UTF-8");
  }

  @Test
  void aLineThatNeverEndsIsRefused() {
    assertThatMessageFor(source("x".repeat((1 << 16) + 1))).contains("more than 64KiB");
    assertThatMessageFor(source("x".repeat(1 << 16))).contains("is not a URL");
  }

  @Test
  void theEndOfStdinIsNotWaitedFor() throws Exception {
    EventSource source =
        new StdinEventSource(new NeverEnding("s3://b/1.yml\n"), Map.of(), Options.DEFAULT);

    assertThat(source.next()).map(DeployRequest::manifest).contains(URL);
  }

  static EventSource source(String stdin) {
    return source(stdin, Map.of());
  }

  static EventSource source(String stdin, Map<String, String> environment) {
    byte[] bytes = stdin.getBytes(StandardCharsets.UTF_8);
    return new StdinEventSource(new ByteArrayInputStream(bytes), environment, Options.DEFAULT);
  }

  static AbstractStringAssert<?> assertThatMessageFor(EventSource source) {
    AbstractStringAssert<?> message =
        assertThatThrownBy(source::next).isInstanceOf(MalformedEventException.class).message();
    return message.hasLineCount(1).hasSizeLessThan(400);
  }
}
