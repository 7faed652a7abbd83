package dev.stretcher.benchmarks.deploy;

import dev.stretcher.benchmarks.data.Release;
import java.util.Optional;

/**
 * One case of the deploy benchmark.
 *
 * @param before what dest has before each run; nothing if there is no dest
 * @param after what is deployed
 */
record DeployCase(String name, Optional<Release> before, Release after) {}
