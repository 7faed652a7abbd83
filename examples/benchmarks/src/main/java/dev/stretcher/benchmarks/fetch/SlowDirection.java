package dev.stretcher.benchmarks.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One direction of a connection over a {@link SlowLink}. */
final class SlowDirection {
  private static final int PIECE = 16 << 10;

  private final Socket from;
  private final Socket to;
  private final long roundTripNanos;
  private final int window;
  private final BlockingQueue<Flight> arriving = new LinkedBlockingQueue<>();
  private final Deque<Flight> unacknowledged = new ArrayDeque<>();
  private int onTheWay;

  private SlowDirection(Socket from, Socket to, Duration roundTrip, int window) {
    this.from = from;
    this.to = to;
    this.roundTripNanos = roundTrip.toNanos();
    this.window = window;
  }

  /** Bytes on the way; none are the end. */
  private record Flight(ByteBuffer bytes, long departure) {}

  static void start(Socket from, Socket to, Duration roundTrip, int window) throws IOException {
    to.setTcpNoDelay(true);
    SlowDirection direction = new SlowDirection(from, to, roundTrip, window);
    daemon(direction::depart);
    daemon(direction::arrive);
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "slow-link");
    thread.setDaemon(true);
    thread.start();
  }

  private void depart() {
    byte[] buffer = new byte[PIECE];
    try {
      InputStream in = from.getInputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        awaitWindow();
        send(ByteBuffer.wrap(Arrays.copyOf(buffer, n)));
      }
    } catch (IOException | InterruptedException e) {
      // The other side sees the end.
      Thread.currentThread().interrupt();
    }
    send(ByteBuffer.allocate(0));
  }

  private void send(ByteBuffer bytes) {
    Flight flight = new Flight(bytes, System.nanoTime());
    onTheWay += bytes.capacity();
    unacknowledged.add(flight);
    arriving.add(flight);
  }

  private void awaitWindow() throws InterruptedException {
    for (Flight oldest = unacknowledged.peek();
        oldest != null && isToGo(oldest);
        oldest = unacknowledged.peek()) {
      sleepUntil(oldest.departure() + roundTripNanos);
      onTheWay -= unacknowledged.remove().bytes().capacity();
    }
  }

  private boolean isToGo(Flight oldest) {
    boolean acknowledged = System.nanoTime() - oldest.departure() >= roundTripNanos;
    return acknowledged || onTheWay >= window;
  }

  private void arrive() {
    try (Socket closing = to) {
      for (Flight flight = arriving.take();
          flight.bytes().hasRemaining();
          flight = arriving.take()) {
        sleepUntil(flight.departure() + roundTripNanos / 2);
        closing.getOutputStream().write(flight.bytes().array());
      }
    } catch (IOException | InterruptedException e) {
      // Nobody listens any more.
      Thread.currentThread().interrupt();
    }
  }

  private static void sleepUntil(long nanoTime) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(nanoTime - System.nanoTime());
  }
}
