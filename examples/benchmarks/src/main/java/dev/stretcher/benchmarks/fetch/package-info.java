/**
 * Measures downloads beside {@code curl} and {@code aws s3 cp}: {@code
 * examples/benchmarks/fetch.sh}.
 */
@NullMarked
package dev.stretcher.benchmarks.fetch;

import org.jspecify.annotations.NullMarked;
