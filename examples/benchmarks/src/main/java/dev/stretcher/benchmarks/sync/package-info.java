/**
 * Measures syncers beside {@code rsync}. {@link dev.stretcher.benchmarks.sync.SyncBenchmark} is the
 * program:
 *
 * <pre>{@code
 * examples/benchmarks/sync.sh --strategy=tree --runs=7
 * }</pre>
 */
@NullMarked
package dev.stretcher.benchmarks.sync;

import org.jspecify.annotations.NullMarked;
