package dev.stretcher.benchmarks.sync;

import dev.stretcher.benchmarks.data.Trees;
import dev.stretcher.benchmarks.measure.Disk;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Dest holds an old version. Our syncer may consume the staged tree, so each run gets a fresh one;
 * those of rsync too, so that the caches are equally warm.
 */
record SomeChanged(String name, Trees trees, Path old) implements SyncCase {
  @Override
  public void setUp() throws IOException, InterruptedException {
    Disk.copy(old, trees.dest());
  }

  @Override
  public void reset() throws IOException, InterruptedException {
    Disk.remove(trees.staged());
    Disk.copy(trees.reference(), trees.staged());
    Disk.mirror(old, trees.dest());
  }
}
