package dev.stretcher.benchmarks.sync;

import dev.stretcher.benchmarks.measure.Samples;

/** What both sides took for the same. */
record Comparison(Samples ours, Samples rsync) {
  /** Returns our median time divided by that of rsync. */
  double ratio() {
    return ours.median() / rsync.median();
  }
}
