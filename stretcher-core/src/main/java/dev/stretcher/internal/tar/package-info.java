/** Reads tar archives entry by entry. */
@NullMarked
package dev.stretcher.internal.tar;

import org.jspecify.annotations.NullMarked;
