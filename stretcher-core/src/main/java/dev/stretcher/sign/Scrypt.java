package dev.stretcher.sign;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The costs of <a href="https://www.rfc-editor.org/rfc/rfc7914">scrypt</a> that libsodium derives
 * from the two limits in a key file.
 *
 * @param n how many blocks it remembers
 * @param p how often it does that
 */
record Scrypt(int n, int p) {
  private static final int R = 8;
  private static final int BYTES_OF_A_BLOCK = 128 * R;
  private static final long LEAST_OPERATIONS = 32_768;

  /** Both are 32 times what minisign asks for at most. */
  private static final long MOST_OPERATIONS = 1L << 30;

  private static final long MOST_MEMORY = 1L << 35;
  private static final int LARGEST_N = 1 << 24;
  private static final int LARGEST_P = 1 << 20;

  /**
   * Returns the costs.
   *
   * @param operations how much work it may be
   * @param memory how many bytes it may take
   * @throws IllegalArgumentException if nobody can have meant that
   */
  static Scrypt within(long operations, long memory) {
    if (operations < 0 || operations > MOST_OPERATIONS || memory < 0 || memory > MOST_MEMORY) {
      throw new IllegalArgumentException("the costs of its password are beyond all measure");
    }
    long work = Math.max(operations, LEAST_OPERATIONS);
    if (work < memory / 32) {
      return new Scrypt(powerUpTo(work / (4 * R)), 1);
    }
    int n = powerUpTo(memory / BYTES_OF_A_BLOCK);
    int p = Math.max(1, (int) (work / 4 / n / R));
    if (p > LARGEST_P) {
      throw new IllegalArgumentException("the costs of its password are beyond all measure");
    }
    return new Scrypt(n, p);
  }

  /** Returns the largest power of two up to a number, at least 2. */
  private static int powerUpTo(long most) {
    return (int) Math.min(LARGEST_N, Long.highestOneBit(Math.max(2, most)));
  }

  /** Returns how much memory it takes. */
  long bytes() {
    return (long) n * BYTES_OF_A_BLOCK;
  }

  byte[] derive(byte[] password, byte[] salt, int length) {
    byte[] blocks = stretch(password, salt, p * BYTES_OF_A_BLOCK);
    ScryptMix mix = new ScryptMix(n, R);
    for (int i = 0; i < p; i++) {
      mix.mix(blocks, i * BYTES_OF_A_BLOCK);
    }
    return stretch(password, blocks, length);
  }

  /** PBKDF2 by HMAC-SHA-256 with one iteration. That of the JDK takes no bytes for a password. */
  private static byte[] stretch(byte[] password, byte[] salt, int length) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      // The JDK refuses an empty key. Its bytes are followed by zeros anyway.
      mac.init(new SecretKeySpec(password.length == 0 ? new byte[1] : password, "HmacSHA256"));
      ByteBuffer key = ByteBuffer.allocate(length);
      for (int block = 1; key.hasRemaining(); block++) {
        mac.update(salt);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(block).flip());
        key.put(mac.doFinal(), 0, Math.min(mac.getMacLength(), key.remaining()));
      }
      return key.array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("each JVM has HmacSHA256", e);
    }
  }
}
