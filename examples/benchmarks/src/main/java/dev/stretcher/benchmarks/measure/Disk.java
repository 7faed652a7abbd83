package dev.stretcher.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Path;

/** What is done to trees outside of the timing, by programs that are known to be right. */
public final class Disk {
  private Disk() {}

  /** Copies {@code from} to {@code to}, which must not exist. */
  public static void copy(Path from, Path to) throws IOException, InterruptedException {
    Program.run("cp", "-a", "--", from.toString(), to.toString());
  }

  /** Makes {@code to} equal to {@code from}. */
  public static void mirror(Path from, Path to) throws IOException, InterruptedException {
    Program.run("rsync", "-a", "--delete", "--", from + "/", to + "/");
  }

  /** Removes a tree, if it is there. */
  public static void remove(Path tree) throws IOException, InterruptedException {
    Program.run("rm", "-rf", "--", tree.toString());
  }

  /** Writes back what was changed, so that it is not done during a measurement. */
  public static void flush() throws IOException, InterruptedException {
    Program.run("sync");
  }
}
