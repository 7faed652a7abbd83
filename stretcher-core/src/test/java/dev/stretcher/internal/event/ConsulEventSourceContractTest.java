package dev.stretcher.internal.event;

import dev.stretcher.contract.EventSourceContract;
import dev.stretcher.option.Options;
import dev.stretcher.spi.EventSource;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The array of events that {@code consul watch} writes, again and again. */
class ConsulEventSourceContractTest extends EventSourceContract {
  private final List<String> events = new ArrayList<>();

  @Override
  protected EventSource open() {
    byte[] array = events.toString().getBytes(StandardCharsets.UTF_8);
    return new InterruptibleEvents(
        new StdinEventSource(new ByteArrayInputStream(array), Map.of(), Options.DEFAULT));
  }

  @Override
  protected void send(URI manifest) {
    byte[] url = manifest.toString().getBytes(StandardCharsets.UTF_8);
    events.add(
        "{\"ID\":\"id-%d\",\"Payload\":\"%s\"}"
            .formatted(events.size(), Base64.getEncoder().encodeToString(url)));
  }

  @Override
  protected void sendAgain() {
    // The next call of the handler gets the same array.
  }

  @Override
  protected void sendMalformed() {
    events.add("{}");
  }

  @Override
  protected Set<Capability> capabilities() {
    return Set.of(Capability.IDS, Capability.MALFORMED);
  }
}
