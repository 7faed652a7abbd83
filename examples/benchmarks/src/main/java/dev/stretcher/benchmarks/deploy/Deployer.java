package dev.stretcher.benchmarks.deploy;

import dev.stretcher.benchmarks.data.Release;
import java.util.List;

/**
 * One of those that are compared.
 *
 * @param name what tables call it
 * @param deploy returns the command that deploys a release
 */
record Deployer(String name, Steps deploy) {
  /** The command for a release. */
  @FunctionalInterface
  interface Steps {
    List<String> command(Release release);
  }
}
