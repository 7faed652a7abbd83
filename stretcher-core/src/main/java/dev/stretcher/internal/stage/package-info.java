/** Temporary files and directories, each with one owner who removes it. */
@NullMarked
package dev.stretcher.internal.stage;

import org.jspecify.annotations.NullMarked;
