package dev.stretcher.benchmarks.data;

import dev.stretcher.benchmarks.measure.Program;
import java.io.IOException;

/** Lets rsync say whether dest is right. */
public final class DestCheck {
  private DestCheck() {}

  /**
   * Compares types, modes, owners, sizes and times.
   *
   * @throws IOException if dest is not equal to the reference; with the first differences
   */
  public static void attributes(Trees trees) throws IOException, InterruptedException {
    check(trees, "-ani");
  }

  /** Compares the contents too, which takes longer. */
  public static void contents(Trees trees) throws IOException, InterruptedException {
    check(trees, "-anic");
  }

  private static void check(Trees trees, String how) throws IOException, InterruptedException {
    String differences =
        Program.run("rsync", how, "--delete", "--", trees.reference() + "/", trees.dest() + "/");
    if (!differences.isEmpty()) {
      String first = String.join("\n", differences.lines().limit(20).toList());
      throw new IOException(trees.dest() + " is not what it should be after the sync:\n" + first);
    }
  }
}
