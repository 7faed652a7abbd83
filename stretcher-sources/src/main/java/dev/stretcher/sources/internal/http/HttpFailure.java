package dev.stretcher.sources.internal.http;

import dev.stretcher.option.Settings;
import dev.stretcher.sources.setting.Timeouts;
import dev.stretcher.text.GoDuration;
import dev.stretcher.text.Printable;
import dev.stretcher.text.RedactedUri;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import okhttp3.HttpUrl;
import okhttp3.Response;

/** Explains in an operator's words what went wrong between the agent and a server. */
public final class HttpFailure {
  /** What the operator of a proxy with passwords does. */
  static final String PROXY_REMEDY =
      "the proxy wants a login; put user:password@ before its host in HTTP_PROXY or HTTPS_PROXY";

  // OkHttp's words.
  private static final String PROXY_REFUSED = "authenticate with proxy";

  private static final String UNCLEAR =
      "the host of this URL (in a password, write @ as %40, / as %2F, # as %23, ? as %3F)";

  private HttpFailure() {}

  /** Explains that a server took nothing of a body for so long. */
  static IOException ofStall(HttpUrl url, Optional<HttpUrl> proxy, Duration limit, IOException e) {
    return explained(
        url,
        "%s took nothing for %s; see whether the server or the network hangs, or raise %s"
            .formatted(
                asked(url, proxy), GoDuration.format(limit), Settings.STALL_TIMEOUT.mention()),
        e);
  }

  private static String asked(HttpUrl url, Optional<HttpUrl> proxy) {
    return proxy.map(by -> "the proxy " + server(by)).orElseGet(() -> server(url));
  }

  /** Explains why there is no answer. */
  public static IOException ofRequest(
      HttpUrl url, Optional<HttpUrl> proxy, Timeouts timeouts, IOException e) {
    String server = asked(url, proxy);
    if (String.valueOf(e.getMessage()).contains(PROXY_REFUSED)) {
      return new AccessDeniedException(shown(url), null, PROXY_REMEDY);
    }
    if (e instanceof UnknownHostException) {
      String host = proxy.isPresent() ? "the proxy " + proxy.get().host() : host(url);
      return explained(url, "no address for " + host + "; check it and the DNS", e);
    }
    if (e instanceof SSLException) {
      String check = "; check its certificate, and the CAs and the clock here";
      return explained(url, "no TLS with " + server(url) + ": " + detail(e) + check, e);
    }
    if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
      String check = "; check that it runs and that no firewall is between";
      return explained(url, "no connection to " + server + ": " + detail(e) + check, e);
    }
    if (e instanceof SocketTimeoutException) {
      return explained(url, timeout(server, timeouts, e), e);
    }
    return explained(url, "no answer from " + server + ": " + detail(e), e);
  }

  /** Explains why a body could not be read to its end. */
  static IOException ofBody(HttpUrl url, Timeouts timeouts, String progress, IOException e) {
    if (e instanceof SocketTimeoutException) {
      return explained(url, timeout(server(url), timeouts, e) + " (after " + progress + ")", e);
    }
    if (e instanceof InterruptedIOException) {
      return e;
    }
    return explained(url, "the transfer broke off after " + progress + ": " + detail(e), e);
  }

  private static String timeout(String server, Timeouts timeouts, IOException e) {
    boolean connecting = detail(e).toLowerCase(Locale.ROOT).contains("connect");
    return connecting
        ? "no connection to "
            + server
            + " within "
            + GoDuration.format(timeouts.connect())
            + "; check that it is up and that no firewall is between"
        : "nothing came from " + server + " for " + GoDuration.format(timeouts.read());
  }

  private static IOException explained(HttpUrl url, String what, IOException cause) {
    return new IOException(shown(url) + ": " + what, cause);
  }

  // The innermost exception is the operating system's or the TLS engine's, without OkHttp's words.
  private static String detail(IOException e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof EOFException) {
      return "the server closed the connection";
    }
    String message = cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
    return Printable.of(message.replaceAll("https?://\\S+", "it"));
  }

  private static String host(HttpUrl url) {
    return isUnclear(url) ? UNCLEAR : "host " + url.host();
  }

  /** Tells whether the host may be a part of a password in which no character is encoded. */
  private static boolean isUnclear(HttpUrl url) {
    return shown(url).endsWith("***");
  }

  private static String server(HttpUrl url) {
    if (isUnclear(url)) {
      return UNCLEAR;
    }
    String host = url.host();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + url.port();
  }

  /** Returns the URL of an answer without what may be secret in it. */
  static String shown(Response response) {
    return shown(response.request().url());
  }

  /** Returns {@code url} without what may be secret in it. */
  static String shown(HttpUrl url) {
    return RedactedUri.of(url.toString());
  }
}
