package dev.stretcher.benchmarks;

/** What both sides took for the same. */
record Comparison(Samples ours, Samples rsync) {
  /** Returns our median time divided by that of rsync. */
  double ratio() {
    return ours.median() / rsync.median();
  }
}
