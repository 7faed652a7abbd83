package dev.stretcher.benchmarks.measure;

import java.util.OptionalLong;

/**
 * One measured run.
 *
 * @param nanoseconds how long it took
 * @param peakKilobytes the largest resident set of any of its processes; empty if not measured
 */
public record Sample(long nanoseconds, OptionalLong peakKilobytes) {
  /** Returns what took from {@code start}, by {@link System#nanoTime}, until now. */
  public static Sample since(long start) {
    return new Sample(System.nanoTime() - start, OptionalLong.empty());
  }

  /** Returns the same with the memory that it took. */
  public Sample withPeak(long kilobytes) {
    return new Sample(nanoseconds, OptionalLong.of(kilobytes));
  }
}
