package dev.stretcher.benchmarks.data;

import java.io.IOException;
import java.nio.file.Path;

/** Writes the application of the benchmarks: {@code ApplicationTree DIRECTORY [SCALE]}. */
public final class ApplicationTree {
  private ApplicationTree() {}

  /** Writes it to a directory that must not exist. */
  public static void main(String[] args) throws IOException {
    double scale = args.length > 1 ? Double.parseDouble(args[1]) : 1;
    TreeGenerator.application().write(Path.of(args[0]), TreeShape.application(scale));
  }
}
