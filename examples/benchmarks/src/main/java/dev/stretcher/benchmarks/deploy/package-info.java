/** Measures whole deploys beside the same steps in shell: {@code examples/benchmarks/deploy.sh}. */
@NullMarked
package dev.stretcher.benchmarks.deploy;

import org.jspecify.annotations.NullMarked;
