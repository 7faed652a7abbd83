package dev.stretcher.benchmarks.data;

import dev.stretcher.benchmarks.measure.Disk;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes the application of the benchmarks, and its next version, which has 33 other names of
 * 8,000: {@code ApplicationTree DIRECTORY [SCALE [NEXT]]}.
 */
public final class ApplicationTree {
  private ApplicationTree() {}

  /** Writes it to directories that must not exist. */
  public static void main(String[] args) throws IOException, InterruptedException {
    double scale = args.length > 1 ? Double.parseDouble(args[1]) : 1;
    TreeGenerator generator = TreeGenerator.application();
    Path first = Path.of(args[0]);
    generator.write(first, TreeShape.application(scale));
    if (args.length > 2) {
      Path next = Path.of(args[2]);
      Disk.copy(first, next);
      generator.release(next, scaled(20, scale), scaled(5, scale), scaled(8, scale));
    }
  }

  private static int scaled(int count, double scale) {
    return (int) Math.max(1, Math.round(count * scale));
  }
}
