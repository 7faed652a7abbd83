package dev.stretcher.benchmarks.sync;

import dev.stretcher.benchmarks.data.Trees;
import dev.stretcher.benchmarks.measure.Disk;
import java.io.IOException;

/** Dest is equal already, so nothing is consumed, and all runs find the same. */
record NoChange(String name, Trees trees) implements SyncCase {
  @Override
  public void setUp() throws IOException, InterruptedException {
    Disk.copy(trees.reference(), trees.staged());
    Disk.copy(trees.reference(), trees.dest());
  }

  @Override
  public void reset() {}
}
