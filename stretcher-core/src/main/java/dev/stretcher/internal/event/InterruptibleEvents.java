package dev.stretcher.internal.event;

import dev.stretcher.process.Background;
import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.EventSource;
import java.io.IOException;
import java.util.Optional;

/**
 * Lets a wait for an event be interrupted although its source cannot be: the read goes on in a
 * daemon thread that no one waits for.
 */
public final class InterruptibleEvents implements EventSource {
  private final EventSource events;

  /** Creates it around a source whose {@code next} may block whatever happens. */
  public InterruptibleEvents(EventSource events) {
    this.events = events;
  }

  @Override
  public String name() {
    return events.name();
  }

  @Override
  public Optional<DeployRequest> next() throws IOException, InterruptedException {
    // Not closed: nothing ends the read, and no one must wait for it.
    Background<Optional<DeployRequest>, IOException> read =
        Background.start("stretcher-events", Background.ofPlugin(events::next));
    return read.await();
  }
}
