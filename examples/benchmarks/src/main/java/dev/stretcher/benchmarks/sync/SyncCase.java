package dev.stretcher.benchmarks.sync;

import dev.stretcher.benchmarks.data.Trees;
import java.io.IOException;

/** One case of the benchmark: its trees, and how they are brought back before each run. */
interface SyncCase {
  /** Returns how tables call it. */
  String name();

  Trees trees();

  /** Makes what all runs share. */
  void setUp() throws IOException, InterruptedException;

  /** Makes what each run, of whichever side, finds. */
  void reset() throws IOException, InterruptedException;
}
