package dev.stretcher.internal.omit;

import dev.stretcher.manifest.Digest;
import dev.stretcher.manifest.Digest.Algorithm;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Numbered SHA-256 digests, of 32 bytes each: as objects, they take four times as much. */
final class DigestTable {
  /** The number of no digest. */
  static final int NONE = -1;

  private static final int BYTES = 32;
  private static final int IN_CHUNK = 1024;

  private final List<byte[]> chunks = new ArrayList<>();
  private int size;

  /** Adds a digest and returns its number, or {@link #NONE} if the digest is of another kind. */
  int add(Digest digest) {
    if (digest.algorithm() != Algorithm.SHA256) {
      return NONE;
    }
    if (size % IN_CHUNK == 0) {
      chunks.add(new byte[IN_CHUNK * BYTES]);
    }
    byte[] value = HexFormat.of().parseHex(digest.hex());
    System.arraycopy(value, 0, chunks.get(size / IN_CHUNK), size % IN_CHUNK * BYTES, BYTES);
    return size++;
  }

  /** Returns the digest with a number; empty for {@link #NONE}. */
  Optional<Digest> get(int number) {
    if (number == NONE) {
      return Optional.empty();
    }
    int start = number % IN_CHUNK * BYTES;
    String hex = HexFormat.of().formatHex(chunks.get(number / IN_CHUNK), start, start + BYTES);
    return Optional.of(new Digest(Algorithm.SHA256, hex));
  }
}
