package dev.stretcher.pack;

import static dev.stretcher.pack.UstarHeader.BLOCK;

import dev.stretcher.process.Interrupts;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The content of a file as an archive stores it: the bytes of the file, or the map of a file with
 * holes and what is between them. The digest is that of the file, holes included. Used by one
 * thread.
 */
final class FileContent implements Closeable {
  private static final byte[] ZEROS = new byte[64 * 1024];

  private final FoundFile file;
  private final FileChannel channel;
  private final MessageDigest digest;
  private final long[] parts;
  private final ByteBuffer map;
  private final long stored;

  private int part;
  private long position;
  private long digested;

  private FileContent(FoundFile file, FileChannel channel, long[] parts, MessageDigest digest) {
    this.file = file;
    this.channel = channel;
    this.digest = digest;
    this.map = ByteBuffer.wrap(parts.length == 0 ? new byte[0] : map(parts));
    this.parts = parts.length == 0 ? new long[] {0, file.look().size()} : parts;
    this.stored = map.remaining() + sum(this.parts);
    this.position = this.parts[0];
  }

  /** Opens a file, and follows no link. */
  static FileContent open(FoundFile file, Holes holes, MessageDigest digest) throws IOException {
    FileChannel channel =
        FileChannel.open(file.path(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    try {
      return new FileContent(file, channel, holes.parts(channel, file.look().size()), digest);
    } catch (IOException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }

  boolean isSparse() {
    return map.capacity() > 0;
  }

  /** Returns the bytes that the archive stores. */
  long stored() {
    return stored;
  }

  /** Fills a buffer with the next bytes that the archive stores. */
  void fill(ByteBuffer target) throws IOException, InterruptedException {
    while (map.hasRemaining() && target.hasRemaining()) {
      target.put(map.get());
    }
    while (target.hasRemaining()) {
      long end = parts[part] + parts[part + 1];
      if (position == end) {
        part += 2;
        position = parts[part];
      } else {
        read(target, (int) Math.min(target.remaining(), end - position));
      }
    }
  }

  private void read(ByteBuffer target, int length) throws IOException, InterruptedException {
    digestZeros(position);
    ByteBuffer slice = target.slice(target.position(), length);
    while (slice.hasRemaining()) {
      int count = channel.read(slice, position + slice.position());
      if (count < 0) {
        throw TreeWalk.changed(file.text());
      }
    }
    digest.update(slice.flip());
    position += length;
    digested = position;
    target.position(target.position() + length);
  }

  /** Returns the SHA-256 of the file, of which all was read. */
  byte[] finish() throws InterruptedException {
    digestZeros(file.look().size());
    return digest.digest();
  }

  private void digestZeros(long until) throws InterruptedException {
    while (digested < until) {
      Interrupts.requireNone();
      int length = (int) Math.min(ZEROS.length, until - digested);
      digest.update(ZEROS, 0, length);
      digested += length;
    }
  }

  private static long sum(long[] parts) {
    long sum = 0;
    for (int i = 1; i < parts.length; i += 2) {
      sum += parts[i];
    }
    return sum;
  }

  /** The count of the parts, and their offsets and lengths, in lines, padded to a block. */
  private static byte[] map(long[] parts) {
    StringBuilder lines = new StringBuilder();
    lines.append(parts.length / 2).append('\n');
    for (long number : parts) {
      lines.append(number).append('\n');
    }
    byte[] text = lines.toString().getBytes(StandardCharsets.US_ASCII);
    return Arrays.copyOf(text, text.length + (-text.length & BLOCK - 1));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
