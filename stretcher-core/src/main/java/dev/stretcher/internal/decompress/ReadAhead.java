package dev.stretcher.internal.decompress;

import dev.stretcher.internal.tar.Chunks;
import dev.stretcher.process.Background;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses ahead of the unpacking, in a thread of its own. A few buffers go round between the
 * two threads, so that nothing is copied and neither thread gets far ahead.
 *
 * <p>Used by one thread. The archive is a stream whose reads end when their thread is interrupted.
 */
public final class ReadAhead implements Chunks, Closeable {
  private static final int CHUNK = 128 << 10;
  private static final int CHUNKS = 4;

  private final Decompressor in;
  private final BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(CHUNKS);
  private final BlockingQueue<Chunk> full = new ArrayBlockingQueue<>(CHUNKS);
  private final Background<Decompressor, IOException> reading;
  private @Nullable Chunk current;

  private ReadAhead(Decompressor in) {
    this.in = in;
    for (int i = 0; i < CHUNKS; i++) {
      free.add(new byte[CHUNK]);
    }
    this.reading = Background.start("stretcher-decompress", this::fill);
  }

  /** Begins to read {@code in}, which its owner closes after this. */
  public static ReadAhead of(Decompressor in) {
    return new ReadAhead(in);
  }

  /**
   * Bytes that were read.
   *
   * @param bytes has an array of its own, up to its limit
   * @param last whether no more come, as the end or a failure came after them
   */
  private record Chunk(ByteBuffer bytes, boolean last) {}

  @Override
  public @Nullable ByteBuffer next() throws IOException, InterruptedException {
    if (current != null && current.last()) {
      reading.await();
      return null;
    }
    if (current != null) {
      free.add(current.bytes().array());
    }
    current = full.take();
    return current.bytes();
  }

  private Decompressor fill() throws IOException, InterruptedException {
    boolean ended = false;
    while (!ended) {
      ended = read(free.take());
    }
    return in;
  }

  /** Reads the next chunk; tells whether it is the last one. */
  private boolean read(byte[] buffer) throws IOException, InterruptedException {
    int length = 0;
    try {
      int count = 0;
      while (count >= 0 && length < buffer.length) {
        count = in.read(buffer, length, buffer.length - length);
        length += Math.max(0, count);
      }
    } finally {
      // Also before a failure is told: what came until then may be all that is needed.
      full.put(new Chunk(ByteBuffer.wrap(buffer, 0, length), length < buffer.length));
    }
    return length < buffer.length;
  }

  /** Ends the reading; the stream is not read any more when this returns. */
  @Override
  public void close() {
    in.abort();
    reading.close();
  }
}
