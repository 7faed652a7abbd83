package dev.stretcher.internal.transfer;

import dev.stretcher.process.Diagnostics;
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
  private final Part.Plan plan;
  private final int most;
  private final long end;
  private final Deque<Part> parts = new ArrayDeque<>();
  private final Deque<Part> returned = new ArrayDeque<>();
  private final Deque<byte[]> unused = new ArrayDeque<>();
  private int fetchers;
  private int completed;
  private int position;
  private boolean ended;
  private boolean closed;
  private boolean taken;
  private @Nullable IOException first;

  /**
   * Creates a queue.
   *
   * @param plan the parts that are fetched
   * @param end the length of the object
   * @param most how many parts may be in memory
   * @param fetchers how many threads are going to fetch them
   */
  PartQueue(Part.Plan plan, long end, int most, int fetchers) {
    this.fetchers = fetchers;
    this.end = end;
    this.plan = plan;
    this.most = most;
  }

  /** Returns the next part to fetch, once there is room for it; empty if there is none any more. */
  synchronized Optional<Part> claim() throws InterruptedException {
    while (!ended && returned.isEmpty() && plan.hasNext() && parts.size() >= most) {
      wait();
    }
    if (!ended && !returned.isEmpty()) {
      Part part = returned.remove();
      notifyAll();
      return Optional.of(part);
    }
    if (ended || !plan.hasNext()) {
      fetchers--;
      return Optional.empty();
    }
    Part part = plan.next(unused.poll());
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
    return plan.hasNext() || !returned.isEmpty();
  }

  /** No more bytes of a part will come, so that the parts after it are of no use. */
  synchronized void failed(Part part, IOException failure) {
    part.failure = failure;
    // Nobody is going to take them.
    returned.forEach(left -> left.failure = failure);
    if (first == null) {
      first = failure;
    } else if (failure instanceof UnusableRangeException unusable) {
      // Only the first one is ever seen.
      drop(unusable);
    }
    ended = true;
    notifyAll();
  }

  /** Hands out the next bytes, as {@link java.io.InputStream#read(byte[], int, int)} does. */
  synchronized int read(byte[] target, int offset, int count)
      throws IOException, InterruptedException {
    while (true) {
      requireOpen();
      if (first instanceof UnusableRangeException unusable && unusable.whole().isPresent()) {
        taken = true;
        throw first;
      }
      Part head = parts.peek();
      if (head == null && !plan.hasNext()) {
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

  /** Closes what nobody has taken. Called when no thread fetches any more. */
  synchronized void dropWhole() {
    if (!taken && first instanceof UnusableRangeException unusable) {
      drop(unusable);
    }
  }

  private static void drop(UnusableRangeException unusable) {
    try {
      if (unusable.whole().isPresent()) {
        unusable.whole().get().close();
      }
    } catch (IOException e) {
      Diagnostics.debug(PartQueue.class, "what no one reads any more could not be closed", e);
    }
  }
}
