package dev.stretcher.sources;

import dev.stretcher.sources.internal.http.Exchange;
import dev.stretcher.sources.internal.http.HttpConnections;
import dev.stretcher.sources.internal.http.HttpFetch;
import dev.stretcher.sources.internal.http.HttpLibrary;
import dev.stretcher.sources.setting.HttpSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import okhttp3.Request;

/** The clock of a web server, by the {@code Date} of its answers. Stateless and thread-safe. */
public final class ServerClock {
  private ServerClock() {}

  /**
   * Returns what time it is there, to the second; empty if the server does not say. No login is
   * sent: a refusal has a date as well.
   *
   * @param uri any address of the server
   * @throws IOException if the server cannot be asked
   * @throws InterruptedException if the thread was interrupted
   */
  public static Optional<Instant> of(URI uri, HttpSettings settings)
      throws IOException, InterruptedException {
    Request request = new Request.Builder().url(HttpFetch.address(uri)).head().build();
    try (HttpConnections connections = new HttpConnections(settings);
        Exchange exchange = connections.send(request)) {
      return Optional.ofNullable(exchange.response().headers().getInstant("Date"));
    } catch (LinkageError e) {
      throw HttpLibrary.explained(e);
    }
  }
}
