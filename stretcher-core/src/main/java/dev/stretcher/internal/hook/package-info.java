/** The commands of a manifest, run by the shell. */
@NullMarked
package dev.stretcher.internal.hook;

import org.jspecify.annotations.NullMarked;
