package dev.stretcher.sources.internal.http;

import dev.stretcher.sources.setting.HttpSettings;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import okhttp3.ConnectionSpec;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** OkHttp's clients, made as settings say and when they are needed. Thread-safe. */
final class HttpClients implements Closeable {
  private static final int MANY = 1024;
  private static final Pattern PART = Pattern.compile("bytes=[0-9]+-[0-9]+");

  private final HttpSettings settings;
  private final EnvironmentProxies proxies;
  private final ExecutorService threads = Executors.newCachedThreadPool(HttpClients::daemon);
  private final OkHttpClient plain;
  private @Nullable OkHttpClient secure;
  private @Nullable OkHttpClient forParts;

  HttpClients(HttpSettings settings, EnvironmentProxies proxies) {
    this.settings = settings;
    this.proxies = proxies;
    Dispatcher dispatcher = new Dispatcher(threads);
    dispatcher.setMaxRequests(MANY);
    dispatcher.setMaxRequestsPerHost(MANY);
    this.plain =
        new OkHttpClient.Builder()
            .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
            .dispatcher(dispatcher)
            .proxySelector(proxies)
            .proxyAuthenticator(new ProxyLogin(proxies))
            .connectTimeout(settings.connectTimeout())
            // The sockets watch that themselves, for less.
            .readTimeout(Duration.ZERO)
            .socketFactory(new BulkSocketFactory(settings.readTimeout()))
            .writeTimeout(settings.stall().orElse(Duration.ZERO))
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

  /** Returns the client that is to send {@code request}. */
  OkHttpClient of(Request request) throws IOException {
    OkHttpClient client = bySecurity(request);
    // OkHttp asks no selector about a host that is none for java.net.URI, as one with an
    // underscore.
    return request.url().uri().getHost() == null
        ? client.newBuilder().proxy(proxies.proxy(request.url())).build()
        : client;
  }

  private OkHttpClient bySecurity(Request request) throws IOException {
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
              .readTimeout(settings.readTimeout());
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

  /** Ends the requests that wait for an answer, of all clients, and closes unused connections. */
  @Override
  public void close() {
    plain.dispatcher().cancelAll();
    threads.shutdown();
    plain.connectionPool().evictAll();
  }
}
