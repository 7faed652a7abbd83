/** Directories and what is in them, opened without following links. */
@NullMarked
package dev.stretcher.sync.internal.directory;

import org.jspecify.annotations.NullMarked;
