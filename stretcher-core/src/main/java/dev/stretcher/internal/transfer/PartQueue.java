package dev.stretcher.internal.transfer;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an object that are fetched at the same time, and handed out in their order. There
 * are never more than a given number of them in memory. Thread-safe; read by one thread.
 */
final class PartQueue {
  private final int partBytes;
  private final int most;
  private final long end;
  private final Deque<Part> parts = new ArrayDeque<>();
  private final Deque<Part> returned = new ArrayDeque<>();
  private final Deque<byte[]> unused = new ArrayDeque<>();
  private long unclaimed;
  private int fetchers;
  private int completed;
  private int position;
  private boolean ended;
  private boolean closed;
  private @Nullable IOException first;

  /**
   * Creates a queue.
   *
   * @param first the offset of the first byte
   * @param end the length of the object
   * @param partBytes how many bytes are a part
   * @param most how many parts may be in memory
   * @param fetchers how many threads are going to fetch them
   */
  PartQueue(long first, long end, int partBytes, int most, int fetchers) {
    this.fetchers = fetchers;
    this.unclaimed = first;
    this.end = end;
    this.partBytes = partBytes;
    this.most = most;
  }

  /** Returns the next part to fetch, once there is room for it; empty if there is none any more. */
  synchronized Optional<Part> claim() throws InterruptedException {
    while (!ended && returned.isEmpty() && unclaimed < end && parts.size() >= most) {
      wait();
    }
    if (!ended && !returned.isEmpty()) {
      Part part = returned.remove();
      notifyAll();
      return Optional.of(part);
    }
    if (ended || unclaimed >= end) {
      fetchers--;
      return Optional.empty();
    }
    int length = (int) Math.min(partBytes, end - unclaimed);
    Part part = new Part(unclaimed, length, unused.poll());
    unclaimed += length;
    parts.add(part);
    notifyAll();
    return Optional.of(part);
  }

  /** More bytes of a part have arrived. */
  synchronized void arrived(Part part, int count) {
    part.filled += count;
    completed += part.filled == part.length() ? 1 : 0;
    notifyAll();
  }

  /**
   * Leaves a part to the other threads, which have connections. The calling one fetches no more,
   * unless it comes {@link #back}.
   *
   * @return how many others there are; if none, nothing has changed; empty if all has ended
   */
  synchronized OptionalInt leave(Part part) {
    if (ended) {
      return OptionalInt.empty();
    }
    int others = fetchers - 1;
    if (others > 0) {
      fetchers--;
      returned.add(part);
      notifyAll();
    }
    return OptionalInt.of(others);
  }

  /**
   * A thread that has left comes back, when others have completed another part.
   *
   * @return whether there may be something to fetch for it
   */
  synchronized boolean back() throws InterruptedException {
    int before = completed;
    while (!ended && completed == before && hasUnclaimed()) {
      wait();
    }
    boolean needed = !ended && hasUnclaimed();
    fetchers += needed ? 1 : 0;
    return needed;
  }

  private boolean hasUnclaimed() {
    return unclaimed < end || !returned.isEmpty();
  }

  /** No more bytes of a part will come, so that the parts after it are of no use. */
  synchronized void failed(Part part, IOException failure) {
    part.failure = failure;
    // Nobody is going to take them.
    returned.forEach(left -> left.failure = failure);
    if (first == null) {
      first = failure;
    }
    ended = true;
    notifyAll();
  }

  /** Hands out the next bytes, as {@link java.io.InputStream#read(byte[], int, int)} does. */
  synchronized int read(byte[] target, int offset, int count)
      throws IOException, InterruptedException {
    while (true) {
      requireOpen();
      Part head = parts.peek();
      if (head == null && unclaimed >= end) {
        return -1;
      }
      if (head != null && position < head.filled) {
        return take(head, target, offset, count);
      }
      if (head != null && head.failure != null) {
        throw head.failure;
      }
      if (head == null && first != null) {
        // It was of a part that had been read already, as when more came than was asked for.
        throw first;
      }
      wait();
    }
  }

  private void requireOpen() throws IOException {
    if (closed) {
      throw new IOException("closed while it was read");
    }
  }

  private int take(Part head, byte[] target, int offset, int count) {
    int taken = Math.min(count, head.filled - position);
    System.arraycopy(head.bytes(), position, target, offset, taken);
    position += taken;
    if (position == head.length()) {
      parts.remove();
      unused.push(head.bytes());
      position = 0;
      notifyAll();
    }
    return taken;
  }

  long end() {
    return end;
  }

  /** Wakes all waiting threads. */
  synchronized void close() {
    ended = true;
    closed = true;
    notifyAll();
  }
}
