package dev.stretcher.sources.setting;

import dev.stretcher.option.Kind;
import dev.stretcher.option.Kinds;
import dev.stretcher.option.Options;
import dev.stretcher.option.Setting;
import dev.stretcher.option.Settings;
import dev.stretcher.option.Topic;
import dev.stretcher.text.NativeText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of the sources, each with all that there is to say about it. */
public final class SourceSettings {
  /** Headers whose values are in the environment. */
  public static final Setting<List<HttpHeader>> HTTP_HEADER =
      Setting.of(
          "http-header",
          Kinds.listOf(new HeaderKind()),
          List.of(),
          Topic.FETCH,
          "Send header NAME with the value of the environment variable, to HOST only (at any port,"
              + " or at PORT); may be repeated. Without HOST it goes to each host that a URL names,"
              + " which is deprecated.");

  /** A file of certificates that are trusted besides the platform's. */
  public static final Setting<Optional<Path>> CA_FILE =
      Setting.of(
          "ca-file",
          new FileKind(),
          Optional.empty(),
          Topic.FETCH,
          "Trust the certificates in this PEM file too.");

  /** A file with the certificate of the agent and its private key. */
  public static final Setting<Optional<Path>> CLIENT_CERT =
      Setting.of(
          "client-cert",
          new FileKind(),
          Optional.empty(),
          Topic.FETCH,
          "Show servers the certificate in this PEM file, which also has its key (PKCS#8).");

  /** Whether to pay for downloads from buckets whose owner does not. */
  public static final Setting<Boolean> S3_REQUESTER_PAYS =
      Setting.of(
          "s3-requester-pays",
          Kinds.SWITCH,
          false,
          Topic.FETCH,
          "Pay for downloads from buckets whose owner does not.");

  /** All of the above, in the order of a summary. */
  public static final List<Setting<?>> ALL =
      List.of(HTTP_HEADER, CA_FILE, CLIENT_CERT, S3_REQUESTER_PAYS);

  private SourceSettings() {}

  /**
   * Returns how sources connect.
   *
   * @param environment has the proxies, the home directory, and the values of headers
   * @throws IllegalArgumentException if it does not have the variable of a header
   */
  public static HttpSettings http(Options options, Map<String, String> environment) {
    for (HttpHeader header : options.get(HTTP_HEADER)) {
      if (!environment.containsKey(header.variable())) {
        throw new IllegalArgumentException(
            HTTP_HEADER.mention() + ": there is no environment variable " + header.variable());
      }
    }
    HttpSettings http =
        HttpSettings.in(environment)
            .withHeaders(options.get(HTTP_HEADER))
            .withStall(options.limit(Settings.STALL_TIMEOUT));
    Optional<Path> ca = options.get(CA_FILE);
    if (ca.isPresent()) {
      http = http.withCaFile(ca.get());
    }
    Optional<Path> certificate = options.get(CLIENT_CERT);
    return certificate.isPresent() ? http.withClientCertificate(certificate.get()) : http;
  }

  private static final class HeaderKind extends Kind<HttpHeader> {
    @Override
    public String placeholder() {
      return "[HOST[:PORT]/]NAME=VARIABLE";
    }

    @Override
    public HttpHeader parse(String text) {
      return HttpHeader.parse(text);
    }

    @Override
    public String text(HttpHeader header) {
      String host = header.host().isPresent() ? header.host().get() + "/" : "";
      return host + header.name() + "=" + header.variable();
    }
  }

  private static final class FileKind extends Kind<Optional<Path>> {
    @Override
    public String placeholder() {
      return "FILE";
    }

    @Override
    public Optional<Path> parse(String text) {
      return Optional.of(NativeText.path(text).toAbsolutePath());
    }

    @Override
    public String text(Optional<Path> file) {
      return file.isPresent() ? NativeText.text(file.get()) : "none";
    }
  }
}
