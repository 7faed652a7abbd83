/** Bytes over a network: ranges, retries, pace, stalls. */
@NullMarked
package dev.stretcher.internal.transfer;

import org.jspecify.annotations.NullMarked;
