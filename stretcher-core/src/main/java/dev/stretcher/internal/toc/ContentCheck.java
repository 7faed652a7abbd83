package dev.stretcher.internal.toc;

import dev.stretcher.internal.tar.SparseMap;
import dev.stretcher.internal.tar.TarEntry;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Compares the SHA-256 of a content, its holes filled with zeros, with the one it should have. */
final class ContentCheck {
  private static final byte[] ZEROS = new byte[16 * 1024];

  private final TarEntry entry;
  private final byte[] expected;
  private final MessageDigest sha256 = Sha256.digest();
  private final @Nullable SparseMap map;
  private int part = -1;
  private long partLeft;
  private long storedLeft;
  private long position;

  ContentCheck(TarEntry entry, byte[] expected) {
    this.entry = entry;
    this.expected = expected.clone();
    this.map = entry.sparse().orElse(null);
    this.storedLeft = entry.stored();
  }

  /** Takes what is stored of the content, a bit at a time. */
  void update(ByteBuffer chunk) throws TocException {
    storedLeft -= chunk.remaining();
    if (map == null) {
      sha256.update(chunk);
    } else {
      updateParts(map, chunk);
    }
    if (storedLeft == 0) {
      finish();
    }
  }

  private void updateParts(SparseMap parts, ByteBuffer chunk) {
    while (chunk.hasRemaining()) {
      while (partLeft == 0) {
        part++;
        updateHole(parts.offset(part));
        partLeft = parts.length(part);
      }
      int length = (int) Math.min(partLeft, chunk.remaining());
      sha256.update(chunk.slice(chunk.position(), length));
      chunk.position(chunk.position() + length);
      partLeft -= length;
      position += length;
    }
  }

  private void updateHole(long end) {
    while (position < end) {
      int length = (int) Math.min(end - position, ZEROS.length);
      sha256.update(ZEROS, 0, length);
      position += length;
    }
  }

  private void finish() throws TocException {
    if (map != null) {
      updateHole(entry.size());
    }
    byte[] actual = sha256.digest();
    if (!Arrays.equals(actual, expected)) {
      throw new TocException(
          "has another content for '%s': its SHA-256 is %s, expected %s"
              .formatted(entry.text(), hex(actual), hex(expected)));
    }
  }

  private static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }
}
