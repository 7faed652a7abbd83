package dev.stretcher.internal.toc;

import dev.stretcher.manifest.Digest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Makes digests of SHA-256, which every JDK has. */
public final class Sha256 {
  private Sha256() {}

  /** Returns a computation that has seen nothing. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the digest that was computed. */
  public static Digest of(byte[] value) {
    return new Digest(Digest.Algorithm.SHA256, HexFormat.of().formatHex(value));
  }
}
