/** One deploy per dest at a time. */
@NullMarked
package dev.stretcher.internal.lock;

import org.jspecify.annotations.NullMarked;
