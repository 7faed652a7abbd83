/** The directories that no deploy may take as dest. */
@NullMarked
package dev.stretcher.internal.reserved;

import org.jspecify.annotations.NullMarked;
