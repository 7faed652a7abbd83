/** The place that a manifest names, its lock and the queue for it. */
@NullMarked
package dev.stretcher.internal.dest;

import org.jspecify.annotations.NullMarked;
