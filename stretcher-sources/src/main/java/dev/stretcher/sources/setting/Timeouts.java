package dev.stretcher.sources.setting;

import java.time.Duration;

/** How long to wait for a connection, and for each next byte. */
public record Timeouts(Duration connect, Duration read) {
  public Timeouts {
    requireSensible(connect, read);
  }

  /** OkHttp counts in milliseconds, and takes 0 for "for ever". */
  static void requireSensible(Duration connect, Duration read) {
    if (connect.toMillis() < 1 || read.toMillis() < 1) {
      throw new IllegalArgumentException(
          "time-outs are at least 1 ms: connect " + connect + ", read " + read);
    }
  }
}
