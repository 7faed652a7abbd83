package dev.stretcher.sources.internal.gs;

import dev.stretcher.sources.internal.http.HttpConnections;
import dev.stretcher.sources.internal.range.Wanted;
import dev.stretcher.sources.setting.HttpSettings;
import dev.stretcher.spi.Content;
import java.io.Closeable;
import java.io.IOException;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Opens objects in Cloud Storage. Thread-safe. */
public final class GcsObjects implements Closeable {
  private static final HttpUrl GOOGLE = HttpUrl.get("https://storage.googleapis.com/");

  private final HttpConnections connections;
  private final HttpUrl endpoint;
  private final GcsTokens tokens;

  public GcsObjects(HttpSettings http, HttpUrl endpoint, GcsTokens tokens) {
    this.connections = new HttpConnections(http);
    this.endpoint = endpoint;
    this.tokens = tokens;
  }

  /** Returns the objects of Google, or of the emulator that an environment names. */
  public static GcsObjects of(HttpSettings http) {
    return of(http, GoogleTokens.READ_ONLY);
  }

  /** Returns the same for who publishes. */
  public static GcsObjects writable(HttpSettings http) {
    return of(http, GoogleTokens.READ_WRITE);
  }

  private static GcsObjects of(HttpSettings http, String scope) {
    String emulator = http.environment().getOrDefault("STORAGE_EMULATOR_HOST", "");
    return emulator.isEmpty()
        ? new GcsObjects(http, GOOGLE, google(scope))
        : new GcsObjects(http, emulator(emulator), GcsTokens.NONE);
  }

  private static HttpUrl emulator(String host) {
    @Nullable HttpUrl url = HttpUrl.parse(host.contains("://") ? host : "http://" + host);
    if (url == null) {
      throw new IllegalStateException(
          "STORAGE_EMULATOR_HOST is not a server; write host:port or http://host:port");
    }
    return url;
  }

  /** Returns the tokens of Google's library, if that is on the class path. */
  private static GcsTokens google(String scope) {
    try {
      return GoogleTokens.load(scope);
    } catch (NoClassDefFoundError e) {
      return GcsTokens.NONE;
    }
  }

  GcsApi api() {
    return new GcsApi(connections, endpoint, tokens);
  }

  public Content open(GcsUri object, Wanted wanted) throws IOException, InterruptedException {
    return new GcsFetch(connections, endpoint, tokens, object, wanted).open();
  }

  @Override
  public void close() {
    connections.close();
  }
}
