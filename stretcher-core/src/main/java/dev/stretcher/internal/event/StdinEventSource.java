package dev.stretcher.internal.event;

import dev.stretcher.option.Options;
import dev.stretcher.process.Interrupts;
import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.EventSource;
import dev.stretcher.spi.MalformedEventException;
import dev.stretcher.text.LenientUri;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * The one event that is written to STDIN: by {@code consul watch}, by a Serf agent for its event
 * handler, or by anyone as a line with the manifest's URL.
 *
 * <p>The source does not wait for the end of STDIN, so that a person can type the line. A read that
 * waits cannot be interrupted.
 */
public final class StdinEventSource implements EventSource {
  private final InputStream stdin;
  private final Map<String, String> environment;
  private final Options limits;
  private boolean over;

  /**
   * Creates the source; it reads nothing yet.
   *
   * @param stdin what to read; the source does not close it
   * @param environment the variables of this process, in Unicode. {@code CONSUL_INDEX} and {@code
   *     SERF_USER_EVENT} tell whether Consul or Serf writes
   * @param limits what is refused
   */
  public StdinEventSource(InputStream stdin, Map<String, String> environment, Options limits) {
    this.limits = limits;
    this.stdin = new BufferedInputStream(stdin);
    this.environment = Map.copyOf(environment);
  }

  @Override
  public String name() {
    return "STDIN";
  }

  /** Returns the event; empty if Consul has none, and after the first call. */
  @Override
  public Optional<DeployRequest> next() throws IOException, InterruptedException {
    Interrupts.requireNone();
    if (over) {
      return Optional.empty();
    }
    over = true;
    int first = peek();
    return first == '[' || isSet("CONSUL_INDEX")
        ? ConsulEvents.last(stdin, limits)
        : Optional.of(fromLine());
  }

  /** Returns the first byte without consuming it. */
  private int peek() throws IOException {
    stdin.mark(1);
    int first = stdin.read();
    stdin.reset();
    if (first < 0) {
      throw new MalformedEventException(
          "STDIN is empty; expected the URL of a manifest or events of consul watch;"
              + " try: echo https://host/app.yml | stretcher");
    }
    return first;
  }

  private DeployRequest fromLine() throws IOException {
    URI manifest = url(EventLine.read(stdin, limits), "the line on STDIN");
    return isSet("SERF_USER_EVENT")
        ? new DeployRequest(
            manifest, new DeployRequest.Serf(environment.getOrDefault("SERF_USER_EVENT", "")))
        : DeployRequest.of(manifest, name());
  }

  private boolean isSet(String variable) {
    return !environment.getOrDefault(variable, "").isEmpty();
  }

  static URI url(String text, String where) throws MalformedEventException {
    String url = text.strip();
    if (url.isEmpty()) {
      throw new MalformedEventException(
          "there is no URL in "
              + where
              + "; expected that of a manifest, like https://host/app.yml");
    }
    try {
      return LenientUri.parse(url);
    } catch (IllegalArgumentException e) {
      throw new MalformedEventException("in " + where + ": " + e.getMessage());
    }
  }
}
