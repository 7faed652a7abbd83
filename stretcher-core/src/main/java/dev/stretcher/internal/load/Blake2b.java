package dev.stretcher.internal.load;

import org.bouncycastle.crypto.digests.Blake2bDigest;

/**
 * The digest that minisign uses, see <a href="https://www.rfc-editor.org/rfc/rfc7693">RFC 7693</a>.
 */
public final class Blake2b {
  private Blake2b() {}

  /**
   * Returns the digest of some bytes.
   *
   * @param size how many bytes it has, at most 64
   */
  public static byte[] of(int size, byte[] content) {
    Blake2bDigest digest = new Blake2bDigest(size * Byte.SIZE);
    digest.update(content, 0, content.length);
    byte[] hash = new byte[size];
    digest.doFinal(hash, 0);
    return hash;
  }
}
