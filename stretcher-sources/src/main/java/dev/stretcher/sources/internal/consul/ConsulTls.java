package dev.stretcher.sources.internal.consul;

import dev.stretcher.sources.internal.http.TlsFiles;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.HostnameVerifier;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;

/** What {@code CONSUL_CACERT} and its neighbours say of TLS. Immutable. */
final class ConsulTls {
  private static final String CA = "CONSUL_CACERT";
  private static final String CERTIFICATE = "CONSUL_CLIENT_CERT";
  private static final String KEY = "CONSUL_CLIENT_KEY";
  private static final String VERIFY = "CONSUL_HTTP_SSL_VERIFY";
  private static final String DIRECTORY = "CONSUL_CAPATH";

  private final Map<String, String> environment;
  private final boolean verifies;

  /**
   * Reads the variables, and not yet the files.
   *
   * @throws IllegalArgumentException if a variable is wrong
   */
  ConsulTls(Map<String, String> environment) {
    this.environment = environment;
    this.verifies = ConsulVariables.isTrue(environment, VERIFY, true);
    if (file(CERTIFICATE).isPresent() != file(KEY).isPresent()) {
      throw new IllegalArgumentException(
          CERTIFICATE + " and " + KEY + " belong together; set both, or none");
    }
    if (ConsulVariables.value(environment, DIRECTORY).isPresent()) {
      throw new IllegalArgumentException(
          DIRECTORY + " is not supported; name one file of certificates in " + CA);
    }
  }

  private Optional<Path> file(String variable) {
    return ConsulVariables.value(environment, variable).map(NativeText::path);
  }

  /**
   * Has a client speak TLS as the variables say.
   *
   * @param host whose certificate is checked
   * @throws IOException if a file cannot be used
   */
  void addTo(OkHttpClient.Builder client, String host) throws IOException {
    HandshakeCertificates.Builder trust = new HandshakeCertificates.Builder();
    Optional<Path> ca = file(CA);
    if (ca.isPresent()) {
      // No other CA than this one, as in Consul's own tools.
      TlsFiles.addTrusted(trust, ca.get());
    } else {
      trust.addPlatformTrustedCertificates();
    }
    Optional<Path> certificate = file(CERTIFICATE);
    if (certificate.isPresent()) {
      TlsFiles.addOwn(trust, certificate.get(), file(KEY).orElseThrow(), EcKey::asPkcs8);
    }
    if (!verifies) {
      trust.addInsecureHost(host);
    }
    HandshakeCertificates certificates = trust.build();
    client.sslSocketFactory(certificates.sslSocketFactory(), certificates.trustManager());
    addName(client);
  }

  // The name that the certificate is to have, where the address is another one.
  private void addName(OkHttpClient.Builder client) {
    Optional<String> name = ConsulVariables.value(environment, "CONSUL_TLS_SERVER_NAME");
    HostnameVerifier usual = client.build().hostnameVerifier();
    if (!verifies) {
      client.hostnameVerifier((host, session) -> true);
    } else if (name.isPresent()) {
      client.hostnameVerifier((host, session) -> usual.verify(name.get(), session));
    }
  }
}
