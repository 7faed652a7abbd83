package dev.stretcher.internal.transfer;

import dev.stretcher.process.Background;
import dev.stretcher.process.Interrupts;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rest of an object, fetched over several connections. Read by one thread; closing it from
 * another thread ends the read.
 */
final class ParallelInput extends InputStream {
  private static final long SMALLEST_PART = 1 << 20;
  private static final long LARGEST_PART = 8 << 20;
  private static final long MOST_MEMORY = 48 << 20;
  private static final int SPARE_PARTS = 2;
  private static final Duration SHUTDOWN = Duration.ofSeconds(10);

  private final PartQueue queue;
  private final List<PartFetcher> fetchers = new ArrayList<>();
  private final List<Background<PartQueue, RuntimeException>> running = new ArrayList<>();

  private ParallelInput(PartQueue queue) {
    this.queue = queue;
  }

  /**
   * Starts to fetch.
   *
   * @param from the offset of the first byte
   * @param end the length of the object
   * @param validator the version that all parts must be of
   */
  static ParallelInput start(
      RemoteObject object, long from, long end, String validator, Connections connections) {
    int most = connections.allowed();
    int part = partBytes(end - from, most);
    long parts = (end - from + part - 1) / part;
    int used = (int) Math.min(most, parts);
    PartQueue queue = new PartQueue(from, end, part, used + SPARE_PARTS, used);
    ParallelInput input = new ParallelInput(queue);
    for (int i = 0; i < used; i++) {
      input.add(new PartFetcher(object, Optional.of(validator), queue, connections));
    }
    return input;
  }

  /** At least one part for each connection, and no more than fit into memory. */
  private static int partBytes(long bytes, int connections) {
    long share = (bytes + connections - 1) / connections;
    long memory = Math.min(MOST_MEMORY, Runtime.getRuntime().maxMemory() / 4);
    long most = Math.min(LARGEST_PART, memory / (connections + SPARE_PARTS));
    return (int) Math.max(SMALLEST_PART, Math.min(most, share));
  }

  /** Returns how many bytes it is when each connection has brought one part. */
  static long roundBytes(long bytes, int connections) {
    return Math.min(bytes, (long) partBytes(bytes, connections) * connections);
  }

  private void add(PartFetcher fetcher) {
    fetchers.add(fetcher);
    running.add(Background.start("stretcher-fetch-part", fetcher));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    try {
      return queue.read(target, offset, length);
    } catch (InterruptedException e) {
      throw Interrupts.asIoException(e);
    }
  }

  /** Ends all connections, and returns when nothing uses them any more. */
  @Override
  public void close() throws IOException {
    queue.close();
    for (PartFetcher fetcher : fetchers) {
      fetcher.abort();
    }
    running.forEach(Background::interrupt);
    for (Background<PartQueue, RuntimeException> each : running) {
      each.end(SHUTDOWN);
    }
  }
}
