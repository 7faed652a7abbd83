/** Fetches an object: retries, resumption, the rate and time limits, the spool file. */
@NullMarked
package dev.stretcher.internal.fetch;

import org.jspecify.annotations.NullMarked;
