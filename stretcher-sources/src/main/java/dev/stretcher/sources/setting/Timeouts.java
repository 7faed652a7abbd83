package dev.stretcher.sources.setting;

import java.time.Duration;

/**
 * How long to wait for a connection, and for each next byte. Immutable.
 *
 * @param connect for the connection to one address of a host, at least 1 ms
 * @param read between two bytes, and for the first one, at least 1 ms
 */
public record Timeouts(Duration connect, Duration read) {
  /**
   * Refuses time-outs that OkHttp would take for none.
   *
   * @throws IllegalArgumentException if one is not at least a millisecond
   */
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
