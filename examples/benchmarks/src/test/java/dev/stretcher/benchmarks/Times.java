package dev.stretcher.benchmarks;

import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Samples for tests, in milliseconds. */
final class Times {
  private Times() {}

  static Samples of(int... milliseconds) {
    return new Samples(
        IntStream.of(milliseconds)
            .mapToObj(time -> new Sample(time * 1_000_000L, OptionalLong.empty()))
            .toList());
  }
}
