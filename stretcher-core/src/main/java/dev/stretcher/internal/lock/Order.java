package dev.stretcher.internal.lock;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Which of two events is the later one: Consul's logical time tells if both have one, else the time
 * at which they came. Immutable.
 *
 * @param logicalTime Consul's LTime; 0 is none
 * @param micros when it came, since 1970
 */
public record Order(long logicalTime, long micros) implements Comparable<Order> {
  /** Returns the order of an event. */
  public static Order of(Instant arrived, long logicalTime) {
    long micros =
        TimeUnit.SECONDS.toMicros(arrived.getEpochSecond())
            + TimeUnit.NANOSECONDS.toMicros(arrived.getNano());
    return new Order(Math.max(0, logicalTime), micros);
  }

  String text() {
    return logicalTime + "-" + micros;
  }

  /** Reads what {@link #text} says; what it does not say is before all others. */
  static Order parse(String text) {
    String[] parts = text.split("-", -1);
    boolean known =
        parts.length >= 2 && parts[0].matches("[0-9]{1,18}") && parts[1].matches("[0-9]{1,18}");
    return known ? new Order(Long.parseLong(parts[0]), Long.parseLong(parts[1])) : new Order(0, 0);
  }

  @Override
  public int compareTo(Order other) {
    boolean comparable = logicalTime > 0 && other.logicalTime > 0;
    int byLogicalTime = comparable ? Long.compare(logicalTime, other.logicalTime) : 0;
    return byLogicalTime != 0 ? byLogicalTime : Long.compare(micros, other.micros);
  }
}
