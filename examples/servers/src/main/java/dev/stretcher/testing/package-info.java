/** Real servers for tests and benchmarks. */
@NullMarked
package dev.stretcher.testing;

import org.jspecify.annotations.NullMarked;
