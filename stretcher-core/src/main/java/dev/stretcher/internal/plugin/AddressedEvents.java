package dev.stretcher.internal.plugin;

import dev.stretcher.process.Background;
import dev.stretcher.process.Interrupts;
import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.EventSource;
import dev.stretcher.spi.EventSourceProvider;
import dev.stretcher.text.RedactedUri;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * The events of an address. The source opens at its first use, so that a failure is one of the
 * deploy, and in its log. It works in threads of its own: a plug-in that ignores interrupts, or
 * hangs when it is closed, is left alone after a second. May be closed by another thread.
 */
final class AddressedEvents implements EventSource {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** An event may be given up by way of a network. */
  private static final Duration HANDLING = Duration.ofSeconds(5);

  private final URI address;
  private final EventSourceProvider provider;
  private final Map<String, String> environment;
  private Optional<EventSource> opened = Optional.empty();

  /** A call of the source whose result nobody has got. */
  private Optional<Background<Optional<DeployRequest>, IOException>> reading = Optional.empty();

  private boolean closed;

  AddressedEvents(URI address, EventSourceProvider provider, Map<String, String> environment) {
    this.address = address;
    this.provider = provider;
    this.environment = environment;
  }

  @Override
  public String name() {
    return RedactedUri.of(address);
  }

  @Override
  public Optional<DeployRequest> next() throws IOException, InterruptedException {
    Interrupts.requireNone();
    Background<Optional<DeployRequest>, IOException> read = read();
    boolean over = true;
    try {
      return read.await();
    } catch (InterruptedException e) {
      read.end(PATIENCE);
      // An event that it read nevertheless is that of the next call.
      over = !read.isRunning() && endedByInterrupt(read);
      if (isClosed()) {
        throw closedException();
      }
      throw e;
    } finally {
      if (over) {
        forget();
      }
    }
  }

  private synchronized Background<Optional<DeployRequest>, IOException> read() throws IOException {
    if (closed) {
      throw closedException();
    }
    if (reading.isEmpty()) {
      reading =
          Optional.of(
              Background.start("stretcher-events", Background.ofPlugin(() -> source().next())));
    }
    return reading.get();
  }

  private synchronized void forget() {
    reading = Optional.empty();
  }

  private static boolean endedByInterrupt(Background<?, IOException> read) {
    try {
      read.await();
      return false;
    } catch (InterruptedException e) {
      return true;
    } catch (IOException | RuntimeException | Error e) {
      // The next call tells it.
      return false;
    }
  }

  private EventSource source() throws IOException, InterruptedException {
    Optional<EventSource> source = opened();
    return source.isPresent() ? source.get() : open();
  }

  private EventSource open() throws IOException, InterruptedException {
    EventSource source = provider.open(address, environment);
    if (!keep(source)) {
      source.close();
      throw closedException();
    }
    return source;
  }

  /** Returns false if nobody wants a source any more. */
  private synchronized boolean keep(EventSource source) {
    opened = closed ? Optional.empty() : Optional.of(source);
    return !closed;
  }

  private synchronized Optional<EventSource> opened() {
    return opened;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  private IOException closedException() {
    return new IOException("the events of " + name() + " are closed");
  }

  @Override
  public void handled(DeployRequest request) throws IOException {
    Optional<EventSource> source = opened();
    if (source.isPresent()) {
      within(HANDLING, "stretcher-events-handled", () -> source.get().handled(request));
    }
  }

  @Override
  public void close() throws IOException {
    Optional<Background<Optional<DeployRequest>, IOException>> running;
    Optional<EventSource> open;
    synchronized (this) {
      running = reading;
      open = opened;
      closed = true;
      opened = Optional.empty();
    }
    running.ifPresent(read -> read.end(PATIENCE));
    if (open.isPresent()) {
      within(PATIENCE, "stretcher-events-close", open.get()::close);
    }
  }

  @FunctionalInterface
  private interface Call {
    void run() throws IOException;
  }

  private static void within(Duration limit, String thread, Call call) throws IOException {
    Background<Call, IOException> running =
        Background.start(
            thread,
            Background.ofPlugin(
                () -> {
                  call.run();
                  return call;
                }));
    try {
      running.await(limit.toNanos());
    } catch (TimeoutException e) {
      running.interrupt();
      throw new IOException("it goes on after " + limit.toSeconds() + " s, and is left alone");
    } catch (InterruptedException e) {
      running.interrupt();
      throw Interrupts.asIoException(e);
    }
  }
}
