/** Unpacks an archive into a private directory. */
@NullMarked
package dev.stretcher.internal.unpack;

import org.jspecify.annotations.NullMarked;
