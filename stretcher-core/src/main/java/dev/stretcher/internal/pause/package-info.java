/** How an agent waits: for a time, and longer after each failure. */
@NullMarked
package dev.stretcher.internal.pause;

import org.jspecify.annotations.NullMarked;
