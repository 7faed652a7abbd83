package dev.stretcher.sources.internal.consul;

import dev.stretcher.sources.internal.http.EnvironmentProxies;
import dev.stretcher.sources.internal.http.HttpFailure;
import dev.stretcher.sources.setting.Timeouts;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import okhttp3.Call;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** Asks Consul's HTTP API. Thread-safe. */
final class ConsulClient implements Closeable {
  private static final int MANY = 64;

  /** Consul adds up to a sixteenth to the wait that it is asked for. */
  private static final int SIXTEENTH = 16;

  private final ConsulAddress address;
  private final ConsulLogin login;
  private final ConsulTls tls;
  private final Timeouts timeouts;
  private final EnvironmentProxies proxies;
  private final ExecutorService threads = Executors.newCachedThreadPool(ConsulClient::daemon);
  private final OkHttpClient plain;
  private @Nullable OkHttpClient secure;
  private volatile boolean closed;

  /**
   * Creates a client, which connects when it is first asked.
   *
   * @throws IllegalArgumentException if a variable is wrong
   */
  ConsulClient(ConsulAddress address, Map<String, String> environment, Timeouts timeouts) {
    this.address = address;
    this.login = new ConsulLogin(environment);
    this.tls = new ConsulTls(environment);
    this.timeouts = timeouts;
    this.proxies = new EnvironmentProxies(environment);
    // OkHttp would meet a wrong variable in a thread of its own.
    proxies.of(address.base().scheme(), address.base().host(), address.base().port());
    Dispatcher dispatcher = new Dispatcher(threads);
    dispatcher.setMaxRequests(MANY);
    dispatcher.setMaxRequestsPerHost(MANY);
    this.plain =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .proxySelector(proxies)
            .connectTimeout(timeouts.connect())
            .readTimeout(timeouts.read())
            .writeTimeout(timeouts.read())
            // A query that waits would hold up the others of its connection when it is given up.
            .protocols(List.of(Protocol.HTTP_1_1))
            // The token is not for others.
            .followRedirects(false)
            .build();
  }

  // OkHttp's own would keep the JVM alive for a minute.
  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "stretcher-consul");
    thread.setDaemon(true);
    return thread;
  }

  String name() {
    return address.name();
  }

  ConsulRefusal refusal() {
    return new ConsulRefusal(address.name(), login);
  }

  /** Returns the URL of a resource, to which parameters may be added. */
  HttpUrl.Builder resource(String path) {
    return address.resource(path);
  }

  /** Sends a request, and waits for the answer as long as for any. */
  ConsulAnswer send(Request.Builder request) throws IOException, InterruptedException {
    return send(request, Duration.ZERO);
  }

  /**
   * Sends a request to which Consul may answer later.
   *
   * @param wait how much later
   * @throws IOException if there is no answer
   * @throws InterruptedException if the thread was interrupted; the request has ended
   */
  ConsulAnswer send(Request.Builder request, Duration wait)
      throws IOException, InterruptedException {
    Duration longest = timeouts.read().plus(wait).plus(wait.dividedBy(SIXTEENTH));
    Request ready = login.on(request).build();
    Call call = client(ready, longest).newCall(ready);
    CompletableFuture<ConsulAnswer> answer = new CompletableFuture<>();
    call.enqueue(new ConsulDelivery(answer));
    if (closed) {
      call.cancel();
    }
    try {
      return answer.get();
    } catch (InterruptedException e) {
      call.cancel();
      throw e;
    } catch (ExecutionException e) {
      throw failure(ready.url(), longest, e);
    }
  }

  private OkHttpClient client(Request request, Duration longest) throws IOException {
    OkHttpClient client = request.isHttps() ? secure() : plain;
    return client.newBuilder().readTimeout(longest).build();
  }

  /** TLS reads the system's certificates: only if needed. */
  private synchronized OkHttpClient secure() throws IOException {
    if (secure == null) {
      OkHttpClient.Builder builder = plain.newBuilder();
      tls.addTo(builder, address.base().host());
      secure = builder.build();
    }
    return secure;
  }

  private IOException failure(HttpUrl url, Duration longest, ExecutionException e) {
    if (!(e.getCause() instanceof IOException cause)) {
      throw new IllegalStateException(e.getCause());
    }
    if (closed) {
      return new IOException(name() + " is closed");
    }
    Optional<HttpUrl> proxy = proxies.of(url.scheme(), url.host(), url.port());
    Timeouts waited = new Timeouts(timeouts.connect(), longest);
    // Without the query, which says nothing to people.
    HttpUrl shown = url.newBuilder().query(null).build();
    return HttpFailure.ofRequest(shown, proxy, waited, cause);
  }

  /** Ends the requests that wait for an answer, and closes connections. Idempotent. */
  @Override
  public void close() {
    closed = true;
    plain.dispatcher().cancelAll();
    threads.shutdown();
    plain.connectionPool().evictAll();
  }
}
