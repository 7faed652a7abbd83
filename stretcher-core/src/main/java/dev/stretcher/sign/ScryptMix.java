package dev.stretcher.sign;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;

/**
 * What makes scrypt take memory: scryptROMix of <a
 * href="https://www.rfc-editor.org/rfc/rfc7914">RFC 7914</a>.
 */
final class ScryptMix {
  private static final int SALSA = 16;
  private static final int DOUBLE_ROUNDS = 4;

  /** So many blocks are one array: a single one could have more elements than Java allows. */
  private static final int BLOCKS_OF_A_CHUNK = 1024;

  private final int n;
  private final int words;
  private final int[][] memory;
  private final int[] salsa = new int[SALSA];
  private final int[] mixed = new int[SALSA];
  private final int[] shuffled;

  ScryptMix(int n, int r) {
    this.n = n;
    this.words = 2 * r * SALSA;
    int perChunk = Math.min(n, BLOCKS_OF_A_CHUNK);
    this.memory = new int[n / perChunk][perChunk * words];
    this.shuffled = new int[words];
  }

  /** Mixes one block, in its place. */
  void mix(byte[] blocks, int at) {
    IntBuffer place =
        ByteBuffer.wrap(blocks, at, words * Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .asIntBuffer();
    int[] x = new int[words];
    place.get(x);
    for (int i = 0; i < n; i++) {
      System.arraycopy(x, 0, memory[i / BLOCKS_OF_A_CHUNK], start(i), words);
      mixBlock(x);
    }
    for (int i = 0; i < n; i++) {
      // n is a power of two.
      int j = x[words - SALSA] & (n - 1);
      int[] chunk = memory[j / BLOCKS_OF_A_CHUNK];
      int start = start(j);
      for (int k = 0; k < words; k++) {
        x[k] ^= chunk[start + k];
      }
      mixBlock(x);
    }
    place.rewind();
    place.put(x);
  }

  private int start(int block) {
    return block % BLOCKS_OF_A_CHUNK * words;
  }

  /** scryptBlockMix: the even parts go into the first half, the odd ones into the second. */
  private void mixBlock(int[] x) {
    System.arraycopy(x, words - SALSA, salsa, 0, SALSA);
    for (int part = 0; part < words / SALSA; part++) {
      for (int k = 0; k < SALSA; k++) {
        salsa[k] ^= x[part * SALSA + k];
      }
      mixSalsa();
      int place = part / 2 + part % 2 * (words / SALSA / 2);
      System.arraycopy(salsa, 0, shuffled, place * SALSA, SALSA);
    }
    System.arraycopy(shuffled, 0, x, 0, words);
  }

  /** The core of Salsa20/8. */
  private void mixSalsa() {
    System.arraycopy(salsa, 0, mixed, 0, SALSA);
    for (int i = 0; i < DOUBLE_ROUNDS; i++) {
      quarter(0, 4, 8, 12);
      quarter(5, 9, 13, 1);
      quarter(10, 14, 2, 6);
      quarter(15, 3, 7, 11);
      quarter(0, 1, 2, 3);
      quarter(5, 6, 7, 4);
      quarter(10, 11, 8, 9);
      quarter(15, 12, 13, 14);
    }
    for (int k = 0; k < SALSA; k++) {
      salsa[k] += mixed[k];
    }
  }

  private void quarter(int a, int b, int c, int d) {
    mixed[b] ^= Integer.rotateLeft(mixed[a] + mixed[d], 7);
    mixed[c] ^= Integer.rotateLeft(mixed[b] + mixed[a], 9);
    mixed[d] ^= Integer.rotateLeft(mixed[c] + mixed[b], 13);
    mixed[a] ^= Integer.rotateLeft(mixed[d] + mixed[c], 18);
  }
}
