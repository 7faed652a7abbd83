package dev.stretcher.internal.event;

import dev.stretcher.process.Background;
import dev.stretcher.process.Interrupts;
import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.EventSource;
import java.io.IOException;
import java.util.Optional;

/**
 * Makes a wait for an event interruptible although its source is not: the read goes on in a daemon
 * thread, and the next call waits for what it reads.
 */
public final class InterruptibleEvents implements EventSource {
  private final EventSource events;
  private Optional<Background<Optional<DeployRequest>, IOException>> begun = Optional.empty();

  /** Creates a wrapper of a source whose {@code next} may block and ignore interrupts. */
  public InterruptibleEvents(EventSource events) {
    this.events = events;
  }

  @Override
  public String name() {
    return events.name();
  }

  @Override
  public Optional<DeployRequest> next() throws IOException, InterruptedException {
    Interrupts.requireNone();
    // Not closed: nothing ends the read, and no one must wait for it.
    Background<Optional<DeployRequest>, IOException> read =
        begun.isPresent()
            ? begun.get()
            : Background.start("stretcher-events", Background.ofPlugin(events::next));
    begun = Optional.of(read);
    try {
      return read.await();
    } finally {
      begun = read.isRunning() ? begun : Optional.empty();
    }
  }

  @Override
  public void handled(DeployRequest request) throws IOException {
    events.handled(request);
  }

  @Override
  public void close() throws IOException {
    events.close();
  }
}
