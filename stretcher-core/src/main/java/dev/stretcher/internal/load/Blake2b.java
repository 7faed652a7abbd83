package dev.stretcher.internal.load;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The digest that minisign uses, without a key, see <a
 * href="https://www.rfc-editor.org/rfc/rfc7693">RFC 7693</a>, whose names these are.
 */
public final class Blake2b {
  private static final int BLOCK = 128;
  private static final int WORDS = 16;
  private static final int ROUNDS = 12;

  private static final long[] IV = {
    0x6a09e667f3bcc908L,
    0xbb67ae8584caa73bL,
    0x3c6ef372fe94f82bL,
    0xa54ff53a5f1d36f1L,
    0x510e527fade682d1L,
    0x9b05688c2b3e6c1fL,
    0x1f83d9abfb41bd6bL,
    0x5be0cd19137e2179L
  };

  /** The order in which a round takes the words of a block, a digit each. */
  private static final String[] SIGMA = {
    "0123456789abcdef",
    "ea489fd61c02b753",
    "b8c052fdae367194",
    "7931dcbe265a40f8",
    "905724afe1bc683d",
    "2c6a0b834d75fe19",
    "c51fed4a0763928b",
    "db7ec13950f4862a",
    "6fe9b308c2d714a5",
    "a2847615fb9e3cd0"
  };

  private final long[] h = IV.clone();
  private final long[] v = new long[WORDS];
  private final long[] m = new long[WORDS];

  private Blake2b(int size) {
    h[0] ^= 0x01010000L ^ size;
  }

  /**
   * Returns the digest of some bytes.
   *
   * @param size how many bytes it has, from 1 to 64
   */
  public static byte[] of(int size, byte[] content) {
    Blake2b digest = new Blake2b(size);
    int at = 0;
    // The last block is another one, so that a full one may have to wait for its turn.
    for (; content.length - at > BLOCK; at += BLOCK) {
      digest.compress(ByteBuffer.wrap(content, at, BLOCK), at + BLOCK, false);
    }
    byte[] last = Arrays.copyOfRange(content, at, at + BLOCK);
    digest.compress(ByteBuffer.wrap(last), content.length, true);
    return digest.first(size);
  }

  private byte[] first(int size) {
    ByteBuffer all = ByteBuffer.allocate(h.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (long word : h) {
      all.putLong(word);
    }
    return Arrays.copyOf(all.array(), size);
  }

  /**
   * Mixes a block into the state, the function F of the RFC.
   *
   * @param count how many bytes of the content there are up to its end
   */
  private void compress(ByteBuffer block, int count, boolean isLast) {
    block.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(m);
    System.arraycopy(h, 0, v, 0, h.length);
    System.arraycopy(IV, 0, v, h.length, IV.length);
    v[12] ^= count;
    if (isLast) {
      v[14] = ~v[14];
    }
    for (int round = 0; round < ROUNDS; round++) {
      mix(SIGMA[round % SIGMA.length]);
    }
    for (int i = 0; i < h.length; i++) {
      h[i] ^= v[i] ^ v[i + h.length];
    }
  }

  /** One round: the columns, and then the diagonals. */
  private void mix(String order) {
    for (int i = 0; i < 4; i++) {
      mix(i, 4 + i, 8 + i, 12 + i, word(order, 2 * i), word(order, 2 * i + 1));
    }
    for (int i = 0; i < 4; i++) {
      mix(
          i,
          4 + (i + 1) % 4,
          8 + (i + 2) % 4,
          12 + (i + 3) % 4,
          word(order, 8 + 2 * i),
          word(order, 9 + 2 * i));
    }
  }

  private long word(String order, int index) {
    return m[Character.digit(order.charAt(index), WORDS)];
  }

  /** The function G of the RFC. */
  private void mix(int a, int b, int c, int d, long x, long y) {
    v[a] += v[b] + x;
    v[d] = Long.rotateRight(v[d] ^ v[a], 32);
    v[c] += v[d];
    v[b] = Long.rotateRight(v[b] ^ v[c], 24);
    v[a] += v[b] + y;
    v[d] = Long.rotateRight(v[d] ^ v[a], 16);
    v[c] += v[d];
    v[b] = Long.rotateRight(v[b] ^ v[c], 63);
  }
}
