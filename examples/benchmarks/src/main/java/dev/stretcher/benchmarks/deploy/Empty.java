package dev.stretcher.benchmarks.deploy;

/** Does nothing, which takes a JVM some time. */
final class Empty {
  private Empty() {}

  public static void main(String[] args) {
    // That is all.
  }
}
