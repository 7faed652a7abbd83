package dev.stretcher.internal.decompress;

import dev.stretcher.internal.tar.ArchiveException;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.report.JvmMemory;

/**
 * The memory that it takes to decompress an archive.
 *
 * @param compression how the archive is compressed
 * @param bytes as far as the first bytes of the archive tell, 0 if they do not; later blocks or
 *     frames may need more
 */
record MemoryNeed(Compression compression, long bytes) {
  private static final long MIB = 1 << 20;
  private static final int SMALLEST_LOG = 10;
  private static final int LARGEST_LOG = 31;

  /** Returns what an archive needs that begins with {@code head}. */
  static MemoryNeed of(Compression compression, byte[] head) {
    // Not by a switch, for which the JVM loads a class when it is to start fast.
    long bytes = 0;
    if (compression == Compression.ZSTD) {
      bytes = withWindow(ZstdHeader.window(head));
    } else if (compression == Compression.XZ || compression == Compression.LZMA) {
      bytes = Dictionary.memory(compression, head);
    }
    return new MemoryNeed(compression, bytes);
  }

  /** A decoder limits the logarithm of a window, and takes a bit more than the window itself. */
  private static long withWindow(long window) {
    int log = Long.SIZE - Long.numberOfLeadingZeros(Math.max(window, 1) - 1);
    return window == 0 ? 0 : (1L << Math.min(log, Long.SIZE - 2)) + MIB;
  }

  /** Returns the logarithm of the largest window that {@code memory} bytes are enough for. */
  static int windowLog(long memory) {
    int log = Long.SIZE - 1 - Long.numberOfLeadingZeros(memory - 1);
    return Math.max(SMALLEST_LOG, Math.min(log, LARGEST_LOG));
  }

  /** Refuses an archive that needs more than it may take. */
  void require(Options limits) throws ArchiveException {
    if (bytes > limits.get(Settings.MAX_DECOMPRESSOR_MEMORY)) {
      throw exceeded(limits);
    }
  }

  /** Says that it is more than the limit, which a decoder may find out later than we do. */
  ArchiveException exceeded(Options limits) {
    String amount =
        bytes > limits.get(Settings.MAX_DECOMPRESSOR_MEMORY) ? mebibytes() + " of memory, " : "";
    return ArchiveException.of(
        "to decompress its "
            + compression
            + " data takes "
            + amount
            + limits.exceeded(Settings.MAX_DECOMPRESSOR_MEMORY)
            + "; or compress it with "
            + (compression == Compression.ZSTD
                ? "a smaller window, such as zstd --long=27"
                : "a smaller dictionary, such as xz -9"));
  }

  /** Tells whether our own decoder may find the heap of this JVM too small. */
  boolean isMuchOfHeap() {
    return compression != Compression.ZSTD && bytes > Runtime.getRuntime().maxMemory() / 2;
  }

  /** Says that the heap of this JVM was too small, and which program would be used instead. */
  ArchiveException heapTooSmall(Throwable cause, Decompressors choice) {
    String install =
        choice.substitute(compression).map(name -> "; or install the program " + name).orElse("");
    return ArchiveException.of(
        "to decompress its %s data takes %s of memory, which %s has not; %s%s"
            .formatted(compression, mebibytes(), JvmMemory.text(), JvmMemory.remedy(), install),
        cause);
  }

  /** Says the same of a part of which the first bytes of the archive tell nothing. */
  ArchiveException heapTooSmallForPart(OutOfMemoryError cause) {
    return ArchiveException.of(
        "a later part of its %s data has a larger dictionary, which %s is not enough for; %s; or use %s, if that program is there; or compress all of it with a smaller dictionary, such as xz -6"
            .formatted(
                compression,
                JvmMemory.text(),
                JvmMemory.remedy(),
                Settings.DECOMPRESSOR.mention("xz")),
        cause);
  }

  /** Tells whether it is more than any array of Java has. */
  boolean isTooMuchForJava() {
    return compression == Compression.LZMA && bytes > Integer.MAX_VALUE;
  }

  private String mebibytes() {
    return (bytes + MIB - 1) / MIB + " MiB";
  }
}
