package dev.stretcher.benchmarks.sync;

import dev.stretcher.benchmarks.data.Trees;
import dev.stretcher.benchmarks.measure.Disk;
import java.io.IOException;

/**
 * There is no dest. The staging is part of the timing, since staged files may be renamed, where
 * rsync copies.
 */
record FirstCopy(String name, Trees trees) implements SyncCase {
  @Override
  public void setUp() throws IOException, InterruptedException {
    Disk.copy(trees.reference(), trees.source().orElseThrow());
  }

  @Override
  public void reset() throws IOException, InterruptedException {
    Disk.remove(trees.staged());
    Disk.remove(trees.dest());
  }
}
