package dev.stretcher.pack;

import dev.stretcher.manifest.Digest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digest of contents and of archives. */
final class Sha256 {
  private Sha256() {}

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance(Digest.Algorithm.SHA256.standardName());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each JVM has SHA-256", e);
    }
  }

  static Digest of(byte[] value) {
    return new Digest(Digest.Algorithm.SHA256, HexFormat.of().formatHex(value));
  }
}
