package dev.stretcher.benchmarks.measure;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.DoubleStream;

/** The measured runs of one side of a case; at least one. Times are in nanoseconds. */
public record Samples(List<Sample> runs) {
  /** Checks that there is a run. */
  public Samples {
    runs = List.copyOf(runs);
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
  }

  /** Returns the median time; of an even number, the mean of the two in the middle. */
  public double median() {
    double[] sorted = times().sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  double min() {
    return times().min().orElseThrow();
  }

  /** Returns the longest time. */
  public double max() {
    return times().max().orElseThrow();
  }

  /** Returns the largest peak of the resident set. */
  public OptionalLong peakKilobytes() {
    return runs.stream().map(Sample::peakKilobytes).flatMapToLong(OptionalLong::stream).max();
  }

  private DoubleStream times() {
    return runs.stream().mapToDouble(run -> (double) run.nanoseconds());
  }
}
