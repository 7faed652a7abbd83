package dev.stretcher.policy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/**
 * An Ed25519 public key in the form of <a href="https://jedisct1.github.io/minisign/">minisign</a>:
 * the line of a {@code .pub} file that begins with {@code RW}. Immutable.
 */
public final class TrustedKey {
  private static final int ALGORITHM = 2;
  private static final int ID = 8;
  private static final int KEY = 32;

  private final String text;
  private final byte[] bytes;

  private TrustedKey(String text, byte[] bytes) {
    this.text = text;
    this.bytes = bytes;
  }

  /**
   * Reads a key.
   *
   * @throws IllegalArgumentException if the text is not a key
   */
  public static TrustedKey parse(String text) {
    byte[] bytes = decode(text.strip());
    if (bytes.length != ALGORITHM + ID + KEY || bytes[0] != 'E' || bytes[1] != 'd') {
      throw new IllegalArgumentException(
          "it is not a public key of minisign; copy the second line of minisign.pub, which begins"
              + " with RW");
    }
    return new TrustedKey(text.strip(), bytes);
  }

  private static byte[] decode(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  /** Returns the key's ID as minisign prints it, such as {@code E7620F1842B4E81F}. */
  public String id() {
    return id(Arrays.copyOfRange(bytes, ALGORITHM, ALGORITHM + ID));
  }

  /** Returns an ID of 8 bytes as minisign prints it: a number, without leading zeros. */
  public static String id(byte[] littleEndian) {
    long number = ByteBuffer.wrap(littleEndian).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return Long.toHexString(number).toUpperCase(Locale.ROOT);
  }

  /** Returns the 32 bytes of the key, see RFC 8032. */
  public byte[] point() {
    return Arrays.copyOfRange(bytes, ALGORITHM + ID, bytes.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TrustedKey key && text.equals(key.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Returns the key as it was written. */
  @Override
  public String toString() {
    return text;
  }
}
