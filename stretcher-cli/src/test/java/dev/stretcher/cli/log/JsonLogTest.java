package dev.stretcher.cli.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.DeployIdentity;
import dev.stretcher.report.EventJson;
import dev.stretcher.report.Secrets;
import dev.stretcher.spi.Hook;
import dev.stretcher.spi.HookOutput;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonLogTest {
  private static final DeployIdentity DEPLOY =
      DeployIdentity.of("id").withDest(Optional.of(Path.of("/srv/äpp")));

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private JsonLog log() {
    return logOf("");
  }

  private JsonLog logOf(String app) {
    return new JsonLog(
        Clock.fixed(Instant.parse("2026-01-31T14:04:05.1234Z"), ZoneOffset.ofHours(9)),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        Secrets.NONE,
        app);
  }

  @Test
  void theAppStandsInFrontIfThereAreSeveral() {
    logOf("shop").onEvent(new DeployEvent.Done());
    assertThat(err.toString(UTF_8))
        .startsWith("{\"app\":\"shop\",\"time\":\"2026-01-31T14:04:05.123400Z\",")
        .endsWith("}\n");
  }

  @Test
  void anEventIsALineWithTheseKeysAndFractions() {
    log()
        .onEvent(
            DEPLOY,
            new DeployEvent.Fetched(
                1_234_567, Path.of("/tmp/ä"), true, Duration.ofNanos(1_250_000_001)));
    log().onEvent(new DeployEvent.Sleeping(Duration.ofMillis(90)));

    String time = "{\"time\":\"2026-01-31T14:04:05.123400Z\",\"host\":\"" + EventJson.localHost();
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            time
                + "\",\"deploy\":\"id\",\"dest\":\"/srv/äpp\",\"event\":\"Fetched\",\"message\":"
                + "\"Read 1,234,567 bytes in place from /tmp/ä (in 1.250000001s, 988 kB/s)\","
                + "\"bytes\":1234567,\"file\":\"/tmp/ä\",\"inPlace\":true,"
                + "\"elapsedSeconds\":1.250000001}\n"
                + time
                + "\",\"event\":\"Sleeping\",\"message\":\"Sleeping"
                + " 90ms\",\"delaySeconds\":0.09}\n");
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @Test
  void whatSuccessAndFailureCommandsPrintToStdoutIsThereToo() {
    for (Hook.Phase phase : Hook.Phase.values()) {
      for (HookOutput.Stream stream : HookOutput.Stream.values()) {
        log().onEvent(DEPLOY, new DeployEvent.HookPrinted(phase, stream, phase + " " + stream));
      }
    }

    assertThat(out.toString(UTF_8)).isEqualTo("SUCCESS OUT\nFAILURE OUT\n");
    assertThat(err.toString(UTF_8).lines()).hasSize(10);
  }
}
