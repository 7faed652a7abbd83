package dev.stretcher.internal.decompress;

import dev.stretcher.internal.tar.Chunks;
import dev.stretcher.process.Threads;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses ahead of who unpacks, in a thread of its own. A few buffers go round between the
 * two, so that neither copies nor gets far ahead.
 *
 * <p>Used by one thread. The archive is a stream whose reads end when their thread is interrupted.
 */
public final class ReadAhead implements Chunks, Closeable {
  private static final int CHUNK = 128 << 10;
  private static final int CHUNKS = 4;

  private final Decompressor in;
  private final Thread thread;
  private final BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(CHUNKS);
  private final BlockingQueue<Chunk> full = new ArrayBlockingQueue<>(CHUNKS);
  private @Nullable Chunk current;

  private ReadAhead(Decompressor in) {
    this.in = in;
    this.thread = new Thread(this::fill, "stretcher-decompress");
    thread.setDaemon(true);
  }

  /** Begins to read {@code in}, which its owner closes after this. */
  public static ReadAhead of(Decompressor in) {
    ReadAhead ahead = new ReadAhead(in);
    for (int i = 0; i < CHUNKS; i++) {
      ahead.free.add(new byte[CHUNK]);
    }
    ahead.thread.start();
    return ahead;
  }

  /**
   * Bytes that were read, and what came after them.
   *
   * @param bytes has an array of its own, up to its limit
   * @param ended whether there are no more, or {@code failure} came instead of them
   */
  private record Chunk(ByteBuffer bytes, boolean ended, @Nullable Throwable failure) {}

  @Override
  public @Nullable ByteBuffer next() throws IOException, InterruptedException {
    if (current != null && current.ended()) {
      rethrow(current.failure());
      return null;
    }
    if (current != null) {
      free.add(current.bytes().array());
    }
    current = full.take();
    return current.bytes();
  }

  private static void rethrow(@Nullable Throwable failure) throws IOException {
    if (failure instanceof IOException e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }

  private void fill() {
    try {
      boolean ended = false;
      while (!ended) {
        Chunk chunk = read(free.take());
        full.put(chunk);
        ended = chunk.ended();
      }
    } catch (InterruptedException e) {
      // It was closed; no one waits for more.
      return;
    }
  }

  private Chunk read(byte[] buffer) {
    int length = 0;
    try {
      while (length < buffer.length) {
        int count = in.read(buffer, length, buffer.length - length);
        if (count < 0) {
          return new Chunk(ByteBuffer.wrap(buffer, 0, length), true, null);
        }
        length += count;
      }
      return new Chunk(ByteBuffer.wrap(buffer), false, null);
    } catch (IOException | RuntimeException | Error e) {
      return new Chunk(ByteBuffer.wrap(buffer, 0, length), true, e);
    }
  }

  /** Ends the reading; the stream is not read any more when this returns. */
  @Override
  public void close() {
    in.abort();
    Threads.end(thread);
  }
}
