/** The directories that nothing is deployed over. */
@NullMarked
package dev.stretcher.internal.reserved;

import org.jspecify.annotations.NullMarked;
