package dev.stretcher.internal.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.stretcher.option.Options;
import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.MalformedEventException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Whatever comes from STDIN, it is an event, nothing to do, or malformed. */
class EventFuzzTest {
  @FuzzTest(maxDuration = "3m")
  void stdinIsAnEventOrMalformed(byte[] stdin) throws IOException, InterruptedException {
    decode(stdin, Map.of());
    decode(stdin, Map.of("CONSUL_INDEX", "1"));
  }

  private static void decode(byte[] stdin, Map<String, String> environment)
      throws IOException, InterruptedException {
    try {
      Optional<DeployRequest> request =
          new StdinEventSource(new ByteArrayInputStream(stdin), environment, Options.DEFAULT)
              .next();
      request.ifPresent(event -> assertThat(event.manifest().isAbsolute()).isTrue());
    } catch (MalformedEventException e) {
      assertThat(e.getMessage()).doesNotContain("\n").isNotBlank();
    }
  }
}
