package dev.stretcher.sources;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionSpec;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The HTTP client: sends requests, one answer each, and knows which answers are open. */
final class HttpConnections implements Closeable {
  private static final int MANY = 1024;
  private static final Pattern PART = Pattern.compile("bytes=[0-9]+-[0-9]+");

  private final Set<Exchange> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newCachedThreadPool(HttpConnections::daemon);
  private final OkHttpClient plain;
  private @Nullable OkHttpClient secure;
  private @Nullable OkHttpClient forParts;
  private final HttpSettings settings;
  private final EnvironmentProxies proxies;
  private final Timeouts timeouts;
  private volatile boolean closed;

  HttpConnections(HttpSettings settings) {
    this.settings = settings;
    this.timeouts = settings.timeouts();
    this.proxies = new EnvironmentProxies(settings.environment());
    Dispatcher dispatcher = new Dispatcher(threads);
    dispatcher.setMaxRequests(MANY);
    dispatcher.setMaxRequestsPerHost(MANY);
    this.plain =
        new OkHttpClient.Builder()
            .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
            .dispatcher(dispatcher)
            .proxySelector(proxies)
            .proxyAuthenticator(new ProxyLogin(proxies))
            .connectTimeout(timeouts.connect())
            // The sockets watch that themselves, for less.
            .readTimeout(Duration.ZERO)
            .socketFactory(new BulkSocketFactory(timeouts.read()))
            .writeTimeout(timeouts.read())
            .followRedirects(false)
            .followSslRedirects(false)
            .build();
  }

  // OkHttp's own would keep the JVM alive for a minute.
  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "stretcher-http");
    thread.setDaemon(true);
    return thread;
  }

  Timeouts timeouts() {
    return timeouts;
  }

  private OkHttpClient client(Request request) throws IOException {
    if (!request.isHttps()) {
      return plain;
    }
    return isPart(request) ? forParts() : secure();
  }

  /** TLS reads the system's certificates, which takes longer than many a deploy: only if needed. */
  private synchronized OkHttpClient secure() throws IOException {
    if (secure == null) {
      OkHttpClient.Builder builder =
          plain
              .newBuilder()
              .connectionSpecs(List.of(ConnectionSpec.MODERN_TLS, ConnectionSpec.CLEARTEXT))
              // In HTTP/2, a reader that takes its time silences the whole connection: each answer
              // is watched, and not the socket.
              .socketFactory(new BulkSocketFactory(Duration.ZERO))
              .readTimeout(timeouts.read());
      if (settings.caFile().isPresent() || settings.clientCertificate().isPresent()) {
        TlsFiles.addTo(builder, settings);
      }
      secure = builder.build();
    }
    return secure;
  }

  /** Tells whether a request is for a part of an object, others of which are fetched meanwhile. */
  private static boolean isPart(Request request) {
    return PART.matcher(String.valueOf(request.header("Range"))).matches();
  }

  /** Parts get connections of their own, since all streams of HTTP/2 to a server share one. */
  private synchronized OkHttpClient forParts() throws IOException {
    if (forParts == null) {
      forParts = secure().newBuilder().protocols(List.of(Protocol.HTTP_1_1)).build();
    }
    return forParts;
  }

  /** Sends {@code request} and waits for the beginning of the answer. */
  Exchange send(Request request) throws IOException, InterruptedException {
    Call call = client(request).newCall(request);
    Handover<Response> handover = new Handover<>();
    // A socket that connects does not heed interrupts, so that another thread has to wait for it.
    call.enqueue(new Delivery(handover));
    Response response;
    try {
      response = handover.await();
    } catch (InterruptedException e) {
      call.cancel();
      throw e;
    } catch (IOException e) {
      throw HttpFailure.ofRequest(request.url(), proxy(request.url()), timeouts, e);
    }
    Exchange exchange = new Exchange(call, response, open::remove);
    open.add(exchange);
    if (closed) {
      exchange.cancel();
    }
    return exchange;
  }

  private Optional<HttpUrl> proxy(HttpUrl url) {
    return proxies.of(url.scheme(), url.host(), url.port());
  }

  @Override
  public void close() {
    closed = true;
    plain.dispatcher().cancelAll();
    open.forEach(Exchange::cancel);
    threads.shutdown();
    plain.connectionPool().evictAll();
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
