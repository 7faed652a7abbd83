package dev.stretcher.internal.deployed;

import dev.stretcher.text.NativeText;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Gives paths numbers, from 0 on. Of a path it keeps 64 bits of a hash, some 16 bytes with what the
 * table needs: there may be millions.
 */
public final class PathTable {
  public static final int NONE = -1;

  private final long seed;
  private long[] hashes;

  /** Numbers + 1, by hash; 0 is free. */
  private int[] slots;

  private int count;

  /**
   * Creates a table.
   *
   * @param expected how many paths are going to be in it, more or less
   * @param seed a number that no archive can know, so that none can be made of paths that meet
   */
  public PathTable(int expected, long seed) {
    this.seed = seed;
    this.hashes = new long[Math.max(16, expected)];
    this.slots = new int[Integer.highestOneBit(2 * hashes.length - 1) * 2];
  }

  int size() {
    return count;
  }

  /** Returns the number of a path, which it gets if it is new. */
  public int add(Path path) {
    long hash = hash(path);
    int slot = slot(hash);
    if (slots[slot] == 0) {
      if (count == hashes.length) {
        grow();
        slot = slot(hash);
      }
      hashes[count] = hash;
      slots[slot] = ++count;
    }
    return slots[slot] - 1;
  }

  /** Returns the number of a path, or {@link #NONE}. */
  public int find(Path path) {
    return slots[slot(hash(path))] - 1;
  }

  private int slot(long hash) {
    int slot = (int) (hash >>> 32) & slots.length - 1;
    while (slots[slot] != 0 && hashes[slots[slot] - 1] != hash) {
      slot = slot + 1 & slots.length - 1;
    }
    return slot;
  }

  private void grow() {
    hashes = Arrays.copyOf(hashes, hashes.length * 3 / 2);
    if (slots.length < 2 * hashes.length) {
      slots = new int[2 * slots.length];
      for (int i = 0; i < count; i++) {
        slots[slot(hashes[i])] = i + 1;
      }
    }
  }

  private long hash(Path path) {
    long hash = seed;
    for (byte b : NativeText.bytes(path)) {
      hash = (hash ^ b) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 32;
    }
    return hash;
  }
}
