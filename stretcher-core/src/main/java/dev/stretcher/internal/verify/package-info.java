/** Verifies archives by their digest. */
@NullMarked
package dev.stretcher.internal.verify;

import org.jspecify.annotations.NullMarked;
