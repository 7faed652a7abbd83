package dev.stretcher.benchmarks;

import java.util.OptionalLong;

/**
 * One measured run.
 *
 * @param nanoseconds how long it took
 * @param peakKilobytes the largest resident set of any of its processes; empty if not measured
 */
record Sample(long nanoseconds, OptionalLong peakKilobytes) {
  static Sample since(long start) {
    return new Sample(System.nanoTime() - start, OptionalLong.empty());
  }

  Sample withPeak(long kilobytes) {
    return new Sample(nanoseconds, OptionalLong.of(kilobytes));
  }
}
