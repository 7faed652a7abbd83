package dev.stretcher.internal.event;

import dev.stretcher.process.Interrupts;
import dev.stretcher.process.Threads;
import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.EventSource;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

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
    FutureTask<Optional<DeployRequest>> read = new FutureTask<>(events::next);
    Thread reader = new Thread(read, "stretcher-events");
    reader.setDaemon(true);
    reader.start();
    try {
      return read.get();
    } catch (ExecutionException e) {
      Interrupts.rethrow(e);
      throw Threads.failure(e);
    }
  }
}
