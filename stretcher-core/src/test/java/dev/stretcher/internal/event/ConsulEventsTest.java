package dev.stretcher.internal.event;

import static dev.stretcher.internal.event.StdinEventSourceTest.assertThatMessageFor;
import static dev.stretcher.internal.event.StdinEventSourceTest.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.option.Options;
import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.EventSource;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsulEventsTest {
  private static final Map<String, String> CONSUL = Map.of("CONSUL_INDEX", "7");

  @Test
  void deepNestingIsNoEvent() {
    assertThatMessageFor(source("[{\"x\":" + "[".repeat(100_000))).contains("Consul");
  }

  @Test
  void recordedNoEventsAreNothingToDo() throws Exception {
    assertThat(recorded(0).next()).isEmpty();
  }

  @Test
  void aRecordedEventIsRead() throws Exception {
    assertThat(recorded(1).next())
        .contains(
            new DeployRequest(
                URI.create("s3://b/1.yml"),
                new DeployRequest.Consul("847ff890-4be8-6859-2c67-4fc6ccc93d2e", "fresh", 4)));
  }

  @Test
  void aRecordedEventWithoutPayloadIsNamed() {
    assertThatMessageFor(recorded(2))
        .contains("no URL in event ID e8162eb8-406b-c124-d2a3-04ea07fd2014");
  }

  @Test
  void ofSeveralRecordedEventsTheLastOneCounts() {
    assertThatMessageFor(recorded(3)).contains("e8162eb8-406b-c124-d2a3-04ea07fd2014");
  }

  @Test
  void whatPrecedesTheLastEventNeedNotBeGood() throws Exception {
    String stdin =
        "[" + event("null") + "," + event("\"!\"") + "," + event(base64("s3://b/9")) + "]";

    assertThat(source(stdin).next()).map(DeployRequest::manifest).contains(URI.create("s3://b/9"));
  }

  @Test
  void aBracketIsEnoughWithoutTheVariable() throws Exception {
    assertThat(source("[]").next()).isEmpty();
  }

  @Test
  void theVariableIsEnoughWithBlanksBeforeTheBracket() throws Exception {
    assertThat(source("\n []", CONSUL).next()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[{\"ID\":\"x\",\"Payload\":\"czM6Ly9iLzEueW1s\"}]"})
  void nothingBehindTheBracketIsWaitedFor(String stdin) throws Exception {
    EventSource source = new StdinEventSource(new NeverEnding(stdin), Map.of(), Options.DEFAULT);

    assertThat(source.next().isPresent()).isEqualTo(stdin.length() > 2);
  }

  @Test
  void unknownFieldsAreIgnored() throws Exception {
    String stdin =
        "[{\"Tags\":[{\"a\":[1]}],\"Payload\":" + base64("s3://b/1\n") + ",\"Z\":{\"ID\":\"no\"}}]";

    assertThat(source(stdin).next())
        .contains(new DeployRequest(URI.create("s3://b/1"), new DeployRequest.Consul("", "", 0)));
  }

  @Test
  void theLogicalTimeIsUnsigned() throws Exception {
    String stdin =
        event(base64("s3://b/1")).replace("\"LTime\":1", "\"LTime\":18446744073709551615");

    assertThat(source("[" + stdin + "]").next())
        .map(DeployRequest::origin)
        .contains(new DeployRequest.Consul("id-1", "deploy", -1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[",
        "[{",
        "[{\"ID\":\"1\"",
        "[1]",
        "[[]]",
        "[null]",
        "[{}]",
        "[{\"Key\":\"kv\",\"Value\":\"x\"}]",
        "[{\"ID\":\"1\",\"Payload\":5}]",
        "[oops]"
      })
  void whatIsNotAnEventArrayIsRefused(String stdin) {
    assertThatMessageFor(source(stdin))
        .contains("not a JSON array of Consul events", "consul watch -type=event");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3://b/1.yml\n", "{\"ID\":\"1\"}", "null", "\"x\"", " "})
  void underConsulALineIsRefused(String stdin) {
    assertThatMessageFor(source(stdin, CONSUL))
        .contains("not a JSON array of Consul events", "consul watch -type=event");
  }

  @Test
  void aPayloadThatIsNotBase64IsRefused() {
    assertThatMessageFor(source("[" + event("\"s3://b/1.yml\"") + "]"))
        .contains("payload of event ID id-1 is not base64");
  }

  @Test
  void aPayloadThatIsNotUtf8IsRefused() {
    assertThatMessageFor(source("[" + event("\"/////w==\"") + "]")).contains("id-1", "UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello", "rm -rf /", "s3://b/1.yml\ns3://b/2.yml"})
  void aPayloadThatIsNotAUrlIsRefused(String payload) {
    assertThatMessageFor(source("[" + event(base64(payload)) + "]"))
        .contains("event ID id-1", "is not a URL");
  }

  @Test
  void eventsThatAreNotUtf8AreRefused() {
    byte[] bytes = "[{\"ID\":\"\u00f6\"}]".getBytes(StandardCharsets.ISO_8859_1);

    assertThatMessageFor(
            new StdinEventSource(new ByteArrayInputStream(bytes), Map.of(), Options.DEFAULT))
        .contains("not UTF-8");
  }

  @Test
  void moreThanConsulCanSendIsRefused() {
    String element = event(base64("s3://b/1")) + ",";

    assertThatMessageFor(source("[" + element.repeat((5 << 20) / element.length())))
        .contains("4194304 bytes");
  }

  private static EventSource recorded(int invocation) {
    RecordedEvents events = RecordedEvents.all().get(invocation);
    return source(events.stdin(), Map.of("CONSUL_INDEX", events.consulIndex()));
  }

  private static String event(String payload) {
    return "{\"ID\":\"id-1\",\"Name\":\"deploy\",\"Payload\":" + payload + ",\"LTime\":1}";
  }

  private static String base64(String payload) {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    return '"' + Base64.getEncoder().encodeToString(bytes) + '"';
  }
}
