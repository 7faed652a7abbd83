package dev.stretcher.internal.dest;

import dev.stretcher.ledger.BootTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells which of two events is the later one. Immutable.
 *
 * @param logicalTime Consul's LTime; 0 is none
 * @param micros when the event came by the wall clock, since 1970; that clock may be set at any
 *     time
 * @param sinceBoot when the event came by the kernel's clock, if that is known
 */
public record Order(long logicalTime, long micros, Optional<BootTime> sinceBoot) {
  // A name from the version before ends after the second number: it has no time of the kernel's
  // clock.
  private static final Pattern TEXT =
      Pattern.compile("([0-9]{1,18})-([0-9]{1,18})(?:-([0-9a-f]{32}\\.[0-9]+\\.-?[0-9]+))?-.*");

  /** Much more than two processes can differ by. */
  private static final Duration INACCURACY = Duration.ofSeconds(1);

  /** Returns the order of an event. */
  public static Order of(Instant arrived, Optional<BootTime> sinceBoot, long logicalTime) {
    long micros =
        TimeUnit.SECONDS.toMicros(arrived.getEpochSecond())
            + TimeUnit.NANOSECONDS.toMicros(arrived.getNano());
    return new Order(Math.max(0, logicalTime), Math.max(0, micros), sinceBoot);
  }

  /**
   * Tells whether both events have a logical time of Consul, which counts more than when they came.
   */
  public boolean hasOtherLogicalTimeThan(Order other) {
    return logicalTime > 0 && other.logicalTime > 0 && logicalTime != other.logicalTime;
  }

  /**
   * Tells whether this is the order of an event that has not come yet.
   *
   * @param now by the clock of the kernel, if that is known
   */
  boolean isAheadOf(Optional<BootTime> now) {
    return now.isPresent()
        && sinceBoot.isPresent()
        && sinceBoot.get().isOfBootOf(now.get())
        && sinceBoot.get().uptime().minus(INACCURACY).compareTo(now.get().uptime()) > 0;
  }

  String text() {
    return logicalTime + "-" + micros + sinceBoot.map(time -> "-" + time.text()).orElse("");
  }

  /**
   * Reads a text that begins with {@link #text} and a hyphen; any other text is the order before
   * all others.
   */
  static Order parse(String text) {
    Matcher parts = TEXT.matcher(text);
    return parts.matches()
        ? new Order(
            Long.parseLong(parts.group(1)),
            Long.parseLong(parts.group(2)),
            Optional.ofNullable(parts.group(3)).flatMap(BootTime::parse))
        : new Order(0, 0, Optional.empty());
  }
}
