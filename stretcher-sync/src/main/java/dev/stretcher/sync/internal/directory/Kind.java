package dev.stretcher.sync.internal.directory;

/**
 * The types of files, after <a
 * href="https://man7.org/linux/man-pages/man7/inode.7.html">inode(7)</a>.
 */
public enum Kind {
  FILE(0100000),
  DIRECTORY(0040000),
  SYMLINK(0120000),
  FIFO(0010000),
  SOCKET(0140000),
  CHARACTER_DEVICE(0020000),
  BLOCK_DEVICE(0060000);

  private static final int MASK = 0170000;

  private final int bits;

  Kind(int bits) {
    this.bits = bits;
  }

  /** Returns the type that is in the bits of {@code mode}. */
  public static Kind of(int mode) {
    for (Kind kind : values()) {
      if (kind.bits == (mode & MASK)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("mode " + Integer.toOctalString(mode));
  }

  /** Returns its bits of a mode. */
  public int bits() {
    return bits;
  }

  boolean isDevice() {
    return this == CHARACTER_DEVICE || this == BLOCK_DEVICE;
  }
}
