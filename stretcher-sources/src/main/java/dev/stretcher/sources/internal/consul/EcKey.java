package dev.stretcher.sources.internal.consul;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Private keys as {@code consul tls cert create} writes them, see <a
 * href="https://www.rfc-editor.org/rfc/rfc5915">RFC 5915</a>. TLS here wants PKCS#8, which has the
 * same in it.
 */
final class EcKey {
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN EC PRIVATE KEY-----([^-]+)-----END EC PRIVATE KEY-----");

  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;

  /** Version 0. */
  private static final byte[] VERSION = {0x02, 0x01, 0x00};

  /** The OID of keys on elliptic curves, 1.2.840.10045.2.1. */
  private static final byte[] ALGORITHM = {
    0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01
  };

  /** The OID of the curve P-256, 1.2.840.10045.3.1.7, which Consul's keys are on. */
  private static final byte[] CURVE = {
    0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x03, 0x01, 0x07
  };

  private EcKey() {}

  /** Returns a PEM file with such a key in PKCS#8, and any other as it is. */
  static String asPkcs8(String pem) {
    Matcher key = PEM.matcher(pem);
    if (!key.find()) {
      return pem;
    }
    byte[] bytes = Base64.getMimeDecoder().decode(key.group(1));
    byte[] wrapped =
        tagged(SEQUENCE, VERSION, tagged(SEQUENCE, ALGORITHM, CURVE), tagged(OCTETS, bytes));
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(wrapped)
        + "\n-----END PRIVATE KEY-----\n";
  }

  private static byte[] tagged(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream tagged = new ByteArrayOutputStream();
    tagged.write(tag);
    int length = content.size();
    if (length >= 0x100) {
      tagged.write(0x82);
      tagged.write(length >> 8);
    } else if (length >= 0x80) {
      tagged.write(0x81);
    }
    tagged.write(length);
    tagged.writeBytes(content.toByteArray());
    return tagged.toByteArray();
  }
}
