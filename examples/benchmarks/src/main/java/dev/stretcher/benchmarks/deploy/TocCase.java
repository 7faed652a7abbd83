package dev.stretcher.benchmarks.deploy;

import dev.stretcher.benchmarks.data.Release;
import dev.stretcher.benchmarks.measure.Sample;
import java.io.IOException;
import java.util.Optional;

/**
 * A case of the benchmark of archives with a table of contents.
 *
 * @param before what our agent has deployed before each run; nothing if there is no dest
 * @param after what our agent deploys
 * @param shell the archive of the same tree for the steps in shell
 * @param ours how our agent deploys
 */
record TocCase(
    String name, Optional<Release> before, Release after, Release shell, OurDeploy ours) {
  /** Deploys, and measures that. */
  @FunctionalInterface
  interface OurDeploy {
    Sample of(Release release) throws IOException, InterruptedException;
  }
}
