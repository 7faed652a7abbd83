package dev.stretcher.internal.toc;

import com.github.luben.zstd.Zstd;
import dev.stretcher.internal.tar.Chunks;
import dev.stretcher.internal.tar.SparseMap;
import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.internal.tar.TarReader;
import dev.stretcher.manifest.Digest;
import dev.stretcher.option.Options;
import dev.stretcher.spi.EntryType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarUtils;

/** Makes an archive with a table of contents out of a tar. */
final class TocArchive {
  private static final int BLOCK = 512;
  private static final int GROUP = 32 << 10;
  private static final int PIECE = 64 << 10;

  private final byte[] tar;
  private final Codec codec;
  private final ByteArrayOutputStream archive = new ByteArrayOutputStream();
  private final TocWriter writer;
  private int memberStart;

  private TocArchive(byte[] tar, Codec codec) {
    this.tar = tar;
    this.codec = codec;
    this.writer = new TocWriter(codec);
  }

  /**
   * An archive.
   *
   * @param bytes all of it
   * @param toc its table of contents
   * @param offset where that begins, wrapped
   */
  record Made(byte[] tar, byte[] bytes, ByteBuffer toc, long offset) {
    Digest digest() {
      return TocReader.digest(toc);
    }

    Toc read() throws TocException {
      return TocReader.read(toc, digest(), offset, Options.DEFAULT);
    }

    /** Has all contents. */
    Contents contents() {
      return new Contents() {
        @Override
        public boolean has(long position, long length) {
          return true;
        }

        @Override
        public ByteBuffer read(long position, int max) {
          return ByteBuffer.wrap(tar, (int) position, Math.min(max, 1000)).slice();
        }
      };
    }
  }

  static Made of(byte[] tar, Codec codec) throws IOException, InterruptedException {
    return new TocArchive(tar, codec).make();
  }

  /** Returns a tar in one piece. */
  static Chunks chunks(byte[] tar) {
    Deque<ByteBuffer> left = new ArrayDeque<>(List.of(ByteBuffer.wrap(tar)));
    return left::poll;
  }

  private Made make() throws IOException, InterruptedException {
    addDigests();
    int at = 0;
    while (at < tar.length) {
      at = addEntry(at);
    }
    endMember(at);
    ByteBuffer toc = writer.finish();
    long offset = archive.size();
    ByteBuffer tail = Footer.tail(codec, toc, offset);
    archive.write(tail.array(), 0, tail.limit());
    return new Made(tar, archive.toByteArray(), toc, offset);
  }

  private void addDigests() throws IOException, InterruptedException {
    TarReader reader = new TarReader(chunks(tar), Options.DEFAULT);
    for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
      if (entry.type() == EntryType.FILE && entry.size() > 0) {
        writer.digest(Sha256.digest().digest(content(entry, reader)));
      }
    }
  }

  /** Returns a content with its holes. */
  static byte[] content(TarEntry entry, dev.stretcher.internal.tar.Entries entries)
      throws IOException, InterruptedException {
    ByteBuffer content = ByteBuffer.allocate((int) entry.size());
    if (entry.sparse().isPresent()) {
      SparseMap map = entry.sparse().get();
      for (int part = 0; part < map.parts(); part++) {
        content.position((int) map.offset(part));
        read(content, map.length(part), entries);
      }
    } else {
      read(content, entry.size(), entries);
    }
    return content.array();
  }

  private static void read(
      ByteBuffer target, long length, dev.stretcher.internal.tar.Entries entries)
      throws IOException, InterruptedException {
    for (long left = length; left > 0; ) {
      ByteBuffer chunk = entries.content(left);
      left -= chunk.remaining();
      target.put(chunk);
    }
  }

  private int addEntry(int start) throws IOException {
    int header = start;
    while (header < tar.length && isExtension(tar[header + 156])) {
      header += BLOCK + padded(size(header));
    }
    int content = Math.min(header + BLOCK, tar.length);
    if (header < tar.length && tar[header + 156] == 'S') {
      for (boolean more = tar[header + 482] != 0; more; content += BLOCK) {
        more = tar[content + 504] != 0;
      }
    }
    writer.headers(tar, start, content - start);
    boolean file = header < tar.length && "0S7".indexOf(tar[header + 156]) >= 0;
    int length = file ? size(header) : 0;
    writer.content(length);
    int end = content + padded(length);
    addToMember(start, content, end);
    return end;
  }

  private void addToMember(int start, int content, int end) throws IOException {
    if (end - content > GROUP) {
      endMember(content);
      while (memberStart < end) {
        endMember(Math.min(end, memberStart + PIECE));
      }
    } else if (end - memberStart > GROUP && start > memberStart) {
      endMember(start);
    }
  }

  private void endMember(int end) throws IOException {
    if (end > memberStart) {
      byte[] member = compressed(Arrays.copyOfRange(tar, memberStart, end));
      archive.write(member);
      writer.member(member.length, end - memberStart);
      memberStart = end;
    }
  }

  private byte[] compressed(byte[] piece) throws IOException {
    if (codec == Codec.ZSTD) {
      return Zstd.compress(piece);
    }
    ByteArrayOutputStream member = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(member)) {
      gzip.write(piece);
    }
    return member.toByteArray();
  }

  private static boolean isExtension(byte type) {
    return type == 'x' || type == 'g' || type == 'L' || type == 'K';
  }

  private int size(int header) {
    return (int) TarUtils.parseOctalOrBinary(tar, header + 124, 12);
  }

  private static int padded(int size) {
    return (size + BLOCK - 1) / BLOCK * BLOCK;
  }
}
