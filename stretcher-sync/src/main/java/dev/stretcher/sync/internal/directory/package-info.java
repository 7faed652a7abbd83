/** Directories and their content, opened without following links. */
@NullMarked
package dev.stretcher.sync.internal.directory;

import org.jspecify.annotations.NullMarked;
