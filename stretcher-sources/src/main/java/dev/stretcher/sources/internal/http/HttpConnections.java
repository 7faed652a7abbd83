package dev.stretcher.sources.internal.http;

import dev.stretcher.sources.setting.HttpSettings;
import dev.stretcher.sources.setting.Timeouts;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/** Sends requests, one answer each, and knows which answers are open. Thread-safe. */
public final class HttpConnections implements Closeable {
  private final Set<Exchange> open = ConcurrentHashMap.newKeySet();
  private final EnvironmentProxies proxies;
  private final Timeouts timeouts;
  private final Optional<Duration> stall;
  private final String logins;
  private final HttpClients clients;
  private volatile boolean closed;

  public HttpConnections(HttpSettings settings) {
    this.proxies = new EnvironmentProxies(settings.environment());
    this.timeouts = settings.timeouts();
    this.stall = settings.stall();
    this.logins = Netrc.name(settings.environment());
    this.clients = new HttpClients(settings, proxies);
  }

  public Timeouts timeouts() {
    return timeouts;
  }

  /** Returns the name of the file with the logins of servers, which need not exist. */
  String logins() {
    return logins;
  }

  /** Sends {@code request} and waits for the beginning of the answer. */
  public Exchange send(Request request) throws IOException, InterruptedException {
    Optional<HttpUrl> proxy = proxy(request.url());
    Call call = clients.of(request).newCall(request);
    Handover<Response> handover = new Handover<>();
    // A socket that connects does not heed interrupts, so that another thread has to wait for it.
    call.enqueue(new Delivery(handover));
    Response response;
    try {
      response = handover.await();
    } catch (InterruptedException e) {
      call.cancel();
      throw e;
    } catch (NothingTakenException e) {
      throw HttpFailure.ofStall(request.url(), proxy, stall.orElse(Duration.ZERO), e);
    } catch (IOException e) {
      throw HttpFailure.ofRequest(request.url(), proxy, timeouts, e);
    }
    Exchange exchange = new Exchange(call, response, open::remove);
    open.add(exchange);
    if (closed) {
      exchange.cancel();
    }
    return exchange;
  }

  private Optional<HttpUrl> proxy(HttpUrl url) throws AccessDeniedException {
    try {
      return proxies.of(url.scheme(), url.host(), url.port());
    } catch (IllegalArgumentException e) {
      throw Unusable.of("environment", String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    closed = true;
    open.forEach(Exchange::cancel);
    clients.close();
  }

  private record Delivery(Handover<Response> handover) implements Callback {
    @Override
    public void onResponse(Call call, Response response) throws IOException {
      handover.deliver(response);
    }

    @Override
    public void onFailure(Call call, IOException e) {
      handover.fail(e);
    }
  }
}
