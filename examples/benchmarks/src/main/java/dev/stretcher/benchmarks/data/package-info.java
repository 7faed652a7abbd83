/** Makes what is deployed and synced, and compares what became of it. */
@NullMarked
package dev.stretcher.benchmarks.data;

import org.jspecify.annotations.NullMarked;
