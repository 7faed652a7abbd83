package dev.stretcher.internal.tar;

import static dev.stretcher.internal.tar.BlockInput.BLOCK;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the map of a sparse file in each of the <a
 * href="https://www.gnu.org/software/tar/manual/html_node/Sparse-Formats.html">GNU forms</a>: old
 * GNU headers and PAX 0.0, 0.1 and 1.0.
 */
final class SparseReader {
  private static final int PAIR = 24;

  private final BlockInput input;

  SparseReader(BlockInput input) {
    this.input = input;
  }

  /** Reads the map in a header of type {@code S} and in the blocks that may follow it. */
  SparseMap oldGnu(byte[] name, TarHeader header, long stored)
      throws IOException, InterruptedException {
    LongStream.Builder numbers = LongStream.builder();
    int parts = pairs(name, header, 386, 4, numbers);
    boolean extended = header.block()[482] != 0;
    while (extended) {
      byte[] block = new byte[BLOCK];
      if (!input.next(block)) {
        throw new EOFException();
      }
      parts += pairs(name, new TarHeader(block), 0, 21, numbers);
      check(name, parts);
      extended = block[504] != 0;
    }
    long size = header.number(483, 12, "real size");
    return new SparseMap(name, numbers.build().toArray(), size, stored);
  }

  /** Reads the map that {@code pax} has or announces; null if the file is not sparse. */
  @Nullable SparseMap pax(byte[] name, PaxAttributes pax, long stored)
      throws IOException, InterruptedException {
    long size = pax.natural("GNU.sparse.realsize", pax.natural("GNU.sparse.size", -1));
    if (size < 0) {
      return null;
    }
    if (pax.natural("GNU.sparse.major", 0) == 1) {
      return leading(name, size, stored);
    }
    String map = pax.text("GNU.sparse.map");
    long[] numbers = map == null ? pax.sparseNumbers() : list(name, map);
    return new SparseMap(name, numbers, size, stored);
  }

  /** Format 1.0: the map is text at the start of the content, padded to a block. */
  private SparseMap leading(byte[] name, long size, long stored)
      throws IOException, InterruptedException {
    if (!input.beginContent(stored)) {
      return SparseMap.unread(size, stored);
    }
    SparseLines lines = new SparseLines(name, input, stored);
    long parts = lines.next();
    check(name, parts);
    LongStream.Builder numbers = LongStream.builder();
    for (long i = 0; i < 2 * parts; i++) {
      numbers.add(lines.next());
    }
    return new SparseMap(name, numbers.build().toArray(), size, stored - lines.consumed());
  }

  private static int pairs(
      byte[] name, TarHeader header, int offset, int count, LongStream.Builder numbers)
      throws ArchiveException {
    int found = 0;
    for (int at = offset; found < count && header.block()[at + PAIR / 2] != 0; at += PAIR) {
      numbers.add(sparse(name, header, at)).add(sparse(name, header, at + PAIR / 2));
      found++;
    }
    return found;
  }

  private static long sparse(byte[] name, TarHeader header, int at) throws ArchiveException {
    return TarNumber.parse(header.block(), at, PAIR / 2)
        .orElseThrow(() -> SparseMap.malformed(name));
  }

  private static long[] list(byte[] name, String map) throws ArchiveException {
    String[] texts = map.split(",", -1);
    long[] numbers = new long[texts.length];
    for (int i = 0; i < texts.length; i++) {
      numbers[i] =
          PaxNumber.natural("GNU.sparse.map", texts[i].getBytes(StandardCharsets.ISO_8859_1));
    }
    check(name, numbers.length / 2);
    return numbers;
  }

  private static void check(byte[] name, long parts) throws ArchiveException {
    if (parts > SparseMap.MAX_PARTS) {
      throw ArchiveException.in(
          name, "it has more than " + SparseMap.MAX_PARTS + " sparse parts; store it whole");
    }
  }
}
