package dev.stretcher.internal.transfer;

import dev.stretcher.process.Background;
import dev.stretcher.process.Interrupts;
import dev.stretcher.spi.ByteRange;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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
    ByteRange rest = new ByteRange(from, OptionalLong.of(end - 1));
    Optional<String> version = Optional.of(validator);
    return start(List.of(rest), end, range -> object.open(range, version), connections);
  }

  /**
   * Starts to fetch ranges, which come one behind the other. If the whole object is answered to one
   * of them, reading fails with an {@link UnusableRangeException} that has it.
   *
   * @param ranges in their order
   * @param length the length of the object
   * @param version the version that they must be of, if it is known
   */
  static ParallelInput ofRanges(
      RemoteObject object,
      List<ByteRange> ranges,
      long length,
      Optional<String> version,
      Connections connections) {
    return start(ranges, length, range -> object.openRange(range, version, length), connections);
  }

  private static ParallelInput start(
      List<ByteRange> ranges, long end, PartFetcher.Opening opening, Connections connections) {
    int most = connections.allowed();
    Part.Plan plan = Part.Plan.of(ranges, bytes -> partBytes(bytes, most));
    int used = Math.min(most, plan.parts());
    PartQueue queue = new PartQueue(plan, end, used + SPARE_PARTS, used);
    ParallelInput input = new ParallelInput(queue);
    for (int i = 0; i < used; i++) {
      input.add(new PartFetcher(opening, queue, connections));
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
    queue.dropWhole();
  }
}
