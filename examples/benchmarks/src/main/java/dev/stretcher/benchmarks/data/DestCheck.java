package dev.stretcher.benchmarks.data;

import dev.stretcher.benchmarks.measure.Program;
import java.io.IOException;
import java.nio.file.Path;

/** Lets rsync say whether dest is right. */
public final class DestCheck {
  private DestCheck() {}

  /**
   * Compares types, modes, owners, sizes and times.
   *
   * @throws IOException if dest is not equal to the reference; with the first differences
   */
  public static void attributes(Trees trees) throws IOException, InterruptedException {
    check(trees.reference(), trees.dest(), "-ani");
  }

  /** Compares the contents too, which takes longer. */
  public static void contents(Trees trees) throws IOException, InterruptedException {
    contents(trees.reference(), trees.dest());
  }

  /** Compares the contents too, of any dest with what it must be equal to. */
  public static void contents(Path reference, Path dest) throws IOException, InterruptedException {
    check(reference, dest, "-anic");
  }

  private static void check(Path reference, Path dest, String how)
      throws IOException, InterruptedException {
    String differences = Program.run("rsync", how, "--delete", "--", reference + "/", dest + "/");
    if (!differences.isEmpty()) {
      String first = String.join("\n", differences.lines().limit(20).toList());
      throw new IOException(dest + " is not what it should be after the sync:\n" + first);
    }
  }
}
