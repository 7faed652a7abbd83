package dev.stretcher.report;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.TimeZone;

/**
 * The clock of this host, in the time zone of this host. It names the zone by the offset of the
 * moment, as a log needs it: {@link ZoneId#systemDefault()} opens each jar of the class path to
 * look for providers of zones, which takes longer than a small deploy.
 *
 * <p>Immutable and thread-safe.
 */
public final class LocalClock extends Clock {
  private final Clock utc = Clock.systemUTC();

  /** Returns the offset from UTC that this host has, or had, at that moment. */
  public static ZoneOffset offset(Instant moment) {
    long millis = moment.toEpochMilli();
    return ZoneOffset.ofTotalSeconds(TimeZone.getDefault().getOffset(millis) / 1000);
  }

  /** Returns the offset from UTC of this moment. */
  @Override
  public ZoneId getZone() {
    return offset(instant());
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return utc.withZone(Objects.requireNonNull(zone, "zone"));
  }

  @Override
  public Instant instant() {
    return utc.instant();
  }

  @Override
  public long millis() {
    return utc.millis();
  }
}
