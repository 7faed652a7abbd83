/** What the store says is desired of a host: the watch, and what counts of it. */
@NullMarked
package dev.stretcher.internal.desired;

import org.jspecify.annotations.NullMarked;
