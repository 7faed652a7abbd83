package dev.stretcher.sources.setting;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the sources that speak HTTP connect and introduce themselves. Nothing of it is read before
 * the first connection. Immutable.
 *
 * @param connectTimeout for the connection to one address of a host, at least 1 ms
 * @param readTimeout between two bytes, and for the first one, at least 1 ms
 * @param stall how long a server may take nothing of what is sent, at least 1 ms; empty is for ever
 * @param environment where the proxies ({@code HTTP_PROXY}, {@code HTTPS_PROXY}, {@code NO_PROXY}),
 *     the file of {@code .netrc} ({@code NETRC}, {@code HOME}) and the values of headers are found
 * @param headers what http and https requests have in addition
 * @param caFile a PEM file of certificates that are trusted besides the platform's
 * @param clientCertificate a PEM file with the chain of our certificate and its private key
 *     (PKCS#8), which servers may ask for
 */
public record HttpSettings(
    Duration connectTimeout,
    Duration readTimeout,
    Optional<Duration> stall,
    Map<String, String> environment,
    List<HttpHeader> headers,
    Optional<Path> caFile,
    Optional<Path> clientCertificate) {

  /**
   * Copies what can be changed.
   *
   * @throws IllegalArgumentException if a time-out is not at least a millisecond
   */
  public HttpSettings {
    Timeouts.requireSensible(connectTimeout, readTimeout);
    stall.ifPresent(limit -> Timeouts.requireSensible(connectTimeout, limit));
    environment = Map.copyOf(environment);
    headers = List.copyOf(headers);
  }

  /** Returns both time-outs. */
  public Timeouts timeouts() {
    return new Timeouts(connectTimeout, readTimeout);
  }

  /**
   * Returns the defaults in an environment: 30 s for a connection, 60 s for each next byte, 30 s
   * for a server to take one.
   */
  public static HttpSettings in(Map<String, String> environment) {
    return new HttpSettings(
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
        Optional.of(Duration.ofSeconds(30)),
        environment,
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** Returns them for people, without the environment, in which there are secrets. */
  @Override
  public String toString() {
    return "HttpSettings[connectTimeout=%s, readTimeout=%s, stall=%s, headers=%s, caFile=%s, clientCertificate=%s]"
        .formatted(connectTimeout, readTimeout, stall, headers, caFile, clientCertificate);
  }

  /** Returns these settings with other time-outs. */
  public HttpSettings withTimeouts(Duration connect, Duration read) {
    return new HttpSettings(connect, read, stall, environment, headers, caFile, clientCertificate);
  }

  /** Returns these settings with another time for a server to take a byte; empty is for ever. */
  public HttpSettings withStall(Optional<Duration> limit) {
    return new HttpSettings(
        connectTimeout, readTimeout, limit, environment, headers, caFile, clientCertificate);
  }

  /**
   * Returns these settings with other headers. One without a host goes to each host that a manifest
   * names, is deprecated, and refused by the release after the first; nothing warns of it here.
   */
  public HttpSettings withHeaders(List<HttpHeader> others) {
    return new HttpSettings(
        connectTimeout, readTimeout, stall, environment, others, caFile, clientCertificate);
  }

  /** Returns these settings with certificates that are trusted in addition. */
  public HttpSettings withCaFile(Path file) {
    return new HttpSettings(
        connectTimeout,
        readTimeout,
        stall,
        environment,
        headers,
        Optional.of(file),
        clientCertificate);
  }

  /** Returns these settings with a certificate of our own. */
  public HttpSettings withClientCertificate(Path file) {
    return new HttpSettings(
        connectTimeout, readTimeout, stall, environment, headers, caFile, Optional.of(file));
  }
}
