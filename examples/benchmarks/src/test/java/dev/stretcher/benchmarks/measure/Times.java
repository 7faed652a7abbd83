package dev.stretcher.benchmarks.measure;

import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Samples for tests, in milliseconds. */
public final class Times {
  private Times() {}

  public static Samples of(int... milliseconds) {
    return new Samples(
        IntStream.of(milliseconds)
            .mapToObj(time -> new Sample(time * 1_000_000L, OptionalLong.empty()))
            .toList());
  }
}
