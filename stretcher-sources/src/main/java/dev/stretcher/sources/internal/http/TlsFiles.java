package dev.stretcher.sources.internal.http;

import dev.stretcher.sources.setting.HttpSettings;
import dev.stretcher.trust.TrustedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;
import okhttp3.tls.Certificates;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** Certificates in PEM files, see <a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a>. */
public final class TlsFiles {
  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----");
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----");

  /** Those of all the web's CAs together have less than a tenth of it. */
  private static final int LONGEST = 1 << 24;

  private TlsFiles() {}

  /** Has a client trust and show what settings say. */
  static void addTo(OkHttpClient.Builder client, HttpSettings settings) throws IOException {
    HandshakeCertificates certificates = read(settings);
    client.sslSocketFactory(certificates.sslSocketFactory(), certificates.trustManager());
  }

  /** Returns what settings trust and show, besides what the platform trusts. */
  private static HandshakeCertificates read(HttpSettings settings) throws IOException {
    HandshakeCertificates.Builder builder =
        new HandshakeCertificates.Builder().addPlatformTrustedCertificates();
    if (settings.caFile().isPresent()) {
      addTrusted(builder, settings.caFile().get());
    }
    if (settings.clientCertificate().isPresent()) {
      Path file = settings.clientCertificate().get();
      addOwn(builder, file, file, UnaryOperator.identity());
    }
    return builder.build();
  }

  /** Trusts the certificates in a file. */
  public static void addTrusted(HandshakeCertificates.Builder builder, Path file)
      throws IOException {
    trusted(file).forEach(builder::addTrustedCertificate);
  }

  private static List<X509Certificate> trusted(Path file) throws IOException {
    List<X509Certificate> certificates = certificates(file, text(file));
    if (certificates.isEmpty()) {
      throw Unusable.of(file, "has no certificate; expected PEM, with BEGIN CERTIFICATE");
    }
    return certificates;
  }

  /**
   * Shows a certificate.
   *
   * @param file has it, and those above it
   * @param keyFile has its private key; it may be the same file
   * @param asPkcs8 makes what {@code keyFile} has PKCS#8, if it is in another form
   */
  public static void addOwn(
      HandshakeCertificates.Builder builder, Path file, Path keyFile, UnaryOperator<String> asPkcs8)
      throws IOException {
    List<X509Certificate> chain = certificates(file, text(file));
    Matcher key = KEY.matcher(asPkcs8.apply(text(keyFile)));
    if (chain.isEmpty() || !key.find()) {
      throw Unusable.of(
          chain.isEmpty() ? file : keyFile,
          "does not have %s; expected PEM, with BEGIN CERTIFICATE and BEGIN PRIVATE KEY (PKCS#8: openssl pkcs8 -topk8 -nodes)"
              .formatted(
                  file.equals(keyFile)
                      ? "a certificate and its private key"
                      : chain.isEmpty() ? "a certificate" : "a private key"));
    }
    String first = Certificates.certificatePem(chain.get(0));
    X509Certificate[] above = chain.subList(1, chain.size()).toArray(X509Certificate[]::new);
    builder.heldCertificate(held(keyFile, first + "\n" + key.group()), above);
  }

  private static HeldCertificate held(Path file, String pem) throws IOException {
    try {
      return HeldCertificate.decode(pem);
    } catch (IllegalArgumentException e) {
      throw Unusable.of(
          file, "has a key that cannot be read; expected RSA or EC in PKCS#8, not encrypted");
    }
  }

  private static List<X509Certificate> certificates(Path file, String text) throws IOException {
    List<X509Certificate> found = new ArrayList<>();
    Matcher matcher = CERTIFICATE.matcher(text);
    while (matcher.find()) {
      try {
        found.add(Certificates.decodeCertificatePem(matcher.group()));
      } catch (IllegalArgumentException e) {
        throw Unusable.of(file, "has a certificate that cannot be read; expected X.509 in PEM");
      }
    }
    return found;
  }

  private static String text(Path file) throws IOException {
    try {
      return new String(TrustedFile.read(file, LONGEST), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw Unusable.of(file, "cannot be read; there is no such file");
    } catch (FileSystemException e) {
      throw Unusable.of(file, String.valueOf(e.getReason()));
    } catch (IOException e) {
      throw Unusable.of(file, "cannot be read: " + e.getMessage());
    }
  }
}
