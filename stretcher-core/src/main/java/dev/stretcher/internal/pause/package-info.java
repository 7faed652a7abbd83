/** How an agent waits: for a time, longer after each failure, for a turn among its apps. */
@NullMarked
package dev.stretcher.internal.pause;

import org.jspecify.annotations.NullMarked;
