/** What an operator waits for in a fleet. */
@NullMarked
package dev.stretcher.benchmarks.fleet;

import org.jspecify.annotations.NullMarked;
