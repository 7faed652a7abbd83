package dev.stretcher.internal.tar;

/**
 * Where the stored parts of a sparse file belong; between them and after them are holes.
 *
 * <p>Parts are in order and do not overlap; the constructor sees to that.
 */
public final class SparseMap {
  /** Bounds the memory that a map may take: 16 MiB. */
  static final int MAX_PARTS = 1 << 20;

  private final long[] numbers;
  private final long size;
  private final long stored;

  /**
   * Checks and takes a map.
   *
   * @param numbers offsets and lengths in turn
   * @param size the bytes of the whole file, holes included
   * @param stored the bytes that the archive holds of it
   */
  SparseMap(byte[] name, long[] numbers, long size, long stored) throws ArchiveException {
    this(numbers, size, stored);
    if (!isConsistent()) {
      throw malformed(name);
    }
  }

  private SparseMap(long[] numbers, long size, long stored) {
    this.numbers = numbers;
    this.size = size;
    this.stored = stored;
  }

  /** Returns what is known of a map that is in a content that is not there. */
  static SparseMap unread(long size, long stored) {
    return new SparseMap(new long[0], size, stored);
  }

  public int parts() {
    return numbers.length / 2;
  }

  public long offset(int part) {
    return numbers[2 * part];
  }

  public long length(int part) {
    return numbers[2 * part + 1];
  }

  long size() {
    return size;
  }

  long stored() {
    return stored;
  }

  static ArchiveException malformed(byte[] name) {
    return ArchiveException.in(
        name,
        "its map of sparse parts is malformed, expected ordered parts inside the file that add up"
            + " to what is stored; build and upload the archive again");
  }

  private boolean isConsistent() {
    if (numbers.length % 2 != 0) {
      return false;
    }
    long end = 0;
    long sum = 0;
    for (int i = 0; i < parts(); i++) {
      if (offset(i) < end || length(i) < 0 || length(i) > size - offset(i)) {
        return false;
      }
      end = offset(i) + length(i);
      sum += length(i);
    }
    return end <= size && sum == stored;
  }
}
