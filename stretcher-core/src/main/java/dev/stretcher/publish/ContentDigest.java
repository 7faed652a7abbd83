package dev.stretcher.publish;

import dev.stretcher.manifest.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The length and the SHA-256 of bytes.
 *
 * @param length how many there are
 * @param sha256 their digest
 */
record ContentDigest(long length, Digest sha256) {
  static ContentDigest of(InputStream in) throws IOException {
    MessageDigest digest = sha256Digest();
    byte[] buffer = new byte[1 << 16];
    long length = 0;
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      digest.update(buffer, 0, count);
      length += count;
    }
    return new ContentDigest(length, digest(digest.digest()));
  }

  static ContentDigest of(byte[] bytes) {
    return new ContentDigest(bytes.length, digest(sha256Digest().digest(bytes)));
  }

  private static Digest digest(byte[] value) {
    return new Digest(Digest.Algorithm.SHA256, HexFormat.of().formatHex(value));
  }

  private static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance(Digest.Algorithm.SHA256.standardName());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each JDK has SHA-256", e);
    }
  }
}
