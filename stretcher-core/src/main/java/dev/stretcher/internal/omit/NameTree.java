package dev.stretcher.internal.omit;

import dev.stretcher.text.NativeText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Names of an archive, each with a number that is larger than that of the directory that it is in.
 *
 * <p>There may be millions of them, deep and long. A name takes the bytes of its last part and some
 * 20 more, however deep it lies.
 */
public final class NameTree {
  /** The number of the archive's root. */
  public static final int ROOT = 0;

  /** The number of no name. */
  public static final int NONE = -1;

  private static final int CHUNK_BITS = 16;
  private static final int CHUNK = 1 << CHUNK_BITS;

  private final int seed;
  private final List<byte[]> chunks = new ArrayList<>();
  private int used = CHUNK;
  private int size = 1;

  /** By number. */
  private int[] parents = new int[64];

  /** By number: where the length of the last part is, and then its bytes. */
  private int[] starts = new int[64];

  /** A hash table of numbers; the root is not in it. */
  private int[] slots = new int[128];

  /**
   * Creates a tree that has only the root.
   *
   * @param seed a number that no archive can know, so that none can be made of names that slow this
   *     down
   */
  public NameTree(int seed) {
    this.seed = seed | 1;
  }

  /** Returns how many numbers there are; they start from 0. */
  public int size() {
    return size;
  }

  /** Returns the number of a path, or {@link #NONE}. */
  public int find(Path path) {
    byte[] bytes = NativeText.bytes(path);
    int at = ROOT;
    for (int start = 0; start < bytes.length && at != NONE; ) {
      int end = end(bytes, start);
      at = find(at, bytes, start, end);
      start = end + 1;
    }
    return at;
  }

  /** Returns the number of a path, and of what it is in, which they get if they have none. */
  public int add(Path path) {
    byte[] bytes = NativeText.bytes(path);
    int at = ROOT;
    for (int start = 0; start < bytes.length; ) {
      int end = end(bytes, start);
      at = add(at, bytes, start, end);
      start = end + 1;
    }
    return at;
  }

  /** Returns where the part of a path ends that begins at {@code start}. */
  public static int end(byte[] path, int start) {
    int end = start;
    while (end < path.length && path[end] != '/') {
      end++;
    }
    return end;
  }

  /** Returns the number of a part of {@code path} in a directory, or {@link #NONE}. */
  public int find(int parent, byte[] path, int start, int end) {
    int number = slots[slot(parent, path, start, end)];
    return number == 0 ? NONE : number;
  }

  /** Returns the number of a part of {@code path}, at most 255 bytes, in a directory. */
  public int add(int parent, byte[] path, int start, int end) {
    int slot = slot(parent, path, start, end);
    if (slots[slot] != 0) {
      return slots[slot];
    }
    int number = append(parent, path, start, end);
    slots[slot] = number;
    growIfFull();
    return number;
  }

  /** Returns the number of the directory that a name is in. */
  public int parent(int number) {
    return parents[number];
  }

  /** Returns the last part of the path of a name other than the root. */
  Path name(int number) {
    int start = offset(number) + 1;
    return NativeText.path(Arrays.copyOfRange(chunk(number), start, start + length(number)));
  }

  /** Returns the path of a name. */
  public Path path(int number) {
    int length = -1;
    for (int at = number; at != ROOT; at = parents[at]) {
      length += length(at) + 1;
    }
    byte[] path = new byte[Math.max(0, length)];
    for (int at = number; at != ROOT; at = parents[at]) {
      length -= length(at);
      System.arraycopy(chunk(at), offset(at) + 1, path, length, length(at));
      if (--length >= 0) {
        path[length] = '/';
      }
    }
    return NativeText.path(path);
  }

  /** Returns the slot that has a name, or is free for it. */
  private int slot(int parent, byte[] path, int start, int end) {
    int slot = hash(parent, path, start, end) & slots.length - 1;
    while (slots[slot] != 0 && !is(slots[slot], parent, path, start, end)) {
      slot = slot + 1 & slots.length - 1;
    }
    return slot;
  }

  private boolean is(int number, int parent, byte[] path, int start, int end) {
    int from = offset(number) + 1;
    return parents[number] == parent
        && Arrays.equals(chunk(number), from, from + length(number), path, start, end);
  }

  private int hash(int parent, byte[] path, int start, int end) {
    int hash = seed ^ parent;
    for (int i = start; i < end; i++) {
      hash = Integer.rotateLeft(hash ^ path[i], 5) * seed;
    }
    hash *= 0x9e3779b1;
    return hash ^ hash >>> 15;
  }

  private int append(int parent, byte[] path, int start, int end) {
    int length = end - start;
    if (used + 1 + length > CHUNK) {
      chunks.add(new byte[CHUNK]);
      used = 0;
    }
    if (size == parents.length) {
      parents = Arrays.copyOf(parents, 2 * size);
      starts = Arrays.copyOf(starts, 2 * size);
    }
    byte[] chunk = chunks.get(chunks.size() - 1);
    parents[size] = parent;
    starts[size] = (chunks.size() - 1 << CHUNK_BITS) + used;
    chunk[used] = (byte) length;
    System.arraycopy(path, start, chunk, used + 1, length);
    used += 1 + length;
    return size++;
  }

  private void growIfFull() {
    if (2 * size <= slots.length) {
      return;
    }
    slots = new int[2 * slots.length];
    for (int number = 1; number < size; number++) {
      int from = offset(number) + 1;
      slots[slot(parents[number], chunk(number), from, from + length(number))] = number;
    }
  }

  private byte[] chunk(int number) {
    return chunks.get(starts[number] >>> CHUNK_BITS);
  }

  private int offset(int number) {
    return starts[number] & CHUNK - 1;
  }

  private int length(int number) {
    return chunk(number)[offset(number)] & 0xff;
  }
}
