package dev.stretcher.cli.dashboard;

import com.sun.net.httpserver.HttpExchange;
import dev.stretcher.cli.http.Alarms;
import dev.stretcher.cli.http.Daemons;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Pages that are told what changes, by server-sent events: each by a thread of its own, of which
 * there are not many. A page that does not read is dropped. Thread-safe.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent
 *     events</a>
 */
final class EventStreams implements Closeable {
  /** The most pages at once. */
  static final int MOST = 100;

  /** The media type of a stream. */
  static final String TYPE = "text/event-stream; charset=utf-8";

  private static final Duration SLOWEST = Duration.ofSeconds(10);

  /** So often a page that is told nothing is told that, so that it is known to be there. */
  private static final Duration QUIET = Duration.ofSeconds(15);

  private final BoardWatch watch;
  private final Alarms alarms;
  private final ThreadPoolExecutor threads;

  EventStreams(BoardWatch watch) {
    this(watch, SLOWEST, MOST);
  }

  EventStreams(BoardWatch watch, Duration slowest, int most) {
    this.watch = watch;
    this.alarms = new Alarms(slowest);
    this.threads =
        new ThreadPoolExecutor(
            0,
            most,
            1,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Daemons.named("stretcher-dashboard-stream"));
  }

  /**
   * Begins to answer an exchange, in another thread.
   *
   * @param app whose hosts are told; empty for none
   * @return false if there are too many streams
   */
  boolean open(HttpExchange exchange, Optional<String> app) {
    try {
      threads.execute(() -> run(exchange, new EventStream(app)));
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /** Returns how many pages are told. */
  int count() {
    return threads.getActiveCount();
  }

  private void run(HttpExchange exchange, EventStream stream) {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", TYPE);
      exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
      exchange.sendResponseHeaders(200, 0);
      BoardWatch.Numbered now = watch.after(-1, Duration.ZERO);
      while (!threads.isShutdown()) {
        byte[] text = stream.next(now.board());
        alarms.during(
            () -> {
              exchange.getResponseBody().write(text);
              exchange.getResponseBody().flush();
            });
        now = watch.after(now.version(), QUIET);
      }
    } catch (IOException | InterruptedException e) {
      // The page has gone, or does not read, or this program ends.
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    alarms.close();
  }
}
