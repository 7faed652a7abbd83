package dev.stretcher.benchmarks.data;

import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;

/**
 * Sizes as file systems have them: most are small, few are large, and their logarithms are normally
 * distributed. They add up to {@code total} bytes, less a rounding.
 */
record LogNormalSizes(long total) implements TreeShape.Sizes {
  /** The largest of 8,000 files is then some 100 times the mean, and the median a third of it. */
  private static final double SIGMA = 1.5;

  @Override
  public long[] draw(int count, RandomGenerator random) {
    double[] weights =
        DoubleStream.generate(() -> Math.exp(SIGMA * random.nextGaussian())).limit(count).toArray();
    double sum = DoubleStream.of(weights).sum();
    return DoubleStream.of(weights).mapToLong(weight -> (long) (weight / sum * total)).toArray();
  }
}
