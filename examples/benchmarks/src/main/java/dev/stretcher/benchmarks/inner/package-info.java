/**
 * Measures inner loops in a warm JVM: {@code examples/benchmarks/inner.sh}. One more is in the
 * package of what it measures.
 */
@NullMarked
package dev.stretcher.benchmarks.inner;

import org.jspecify.annotations.NullMarked;
