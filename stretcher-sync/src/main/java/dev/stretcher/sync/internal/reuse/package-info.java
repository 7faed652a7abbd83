/** The files of a directory as a source of those of another one. */
@NullMarked
package dev.stretcher.sync.internal.reuse;

import org.jspecify.annotations.NullMarked;
