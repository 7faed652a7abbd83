/** Where a dest is, and what else is there. */
@NullMarked
package dev.stretcher.internal.dest;

import org.jspecify.annotations.NullMarked;
