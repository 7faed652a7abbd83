package dev.stretcher.benchmarks.data;

import java.util.random.RandomGenerator;

/**
 * How a synthetic tree looks.
 *
 * @param files how many there are
 * @param directories how many they are in, not counting the root
 * @param sizes draws the size of each file
 */
public record TreeShape(int files, int directories, Sizes sizes) {
  private static final int APPLICATION_FILES = 8_000;
  private static final int APPLICATION_DIRECTORIES = 600;
  private static final long APPLICATION_BYTES = 360_000_000;
  private static final int SMALL_FILES = 100_000;
  private static final int SMALL_DIRECTORIES = 1_000;

  /** Draws sizes in bytes. */
  public interface Sizes {
    long[] draw(int count, RandomGenerator random);
  }

  /** An application: 8,000 files and 360 MB, at scale 1. */
  public static TreeShape application(double scale) {
    long bytes = Math.round(APPLICATION_BYTES * scale);
    return new TreeShape(
        scaled(APPLICATION_FILES, scale),
        scaled(APPLICATION_DIRECTORIES, scale),
        new LogNormalSizes(bytes));
  }

  /** As many small files as some package managers leave behind: 100,000, at scale 1. */
  public static TreeShape smallFiles(double scale) {
    return new TreeShape(
        scaled(SMALL_FILES, scale),
        scaled(SMALL_DIRECTORIES, scale),
        (count, random) -> random.longs(count, 10, 401).toArray());
  }

  private static int scaled(int count, double scale) {
    return Math.max(1, (int) Math.round(count * scale));
  }
}
