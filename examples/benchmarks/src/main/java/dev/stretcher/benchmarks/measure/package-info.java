/** What all benchmarks share: their command line, what they run and time, and how they tell it. */
@NullMarked
package dev.stretcher.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
