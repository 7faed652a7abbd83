/**
 * Archives: recognises the compression, reads tar and writes what it holds into a directory.
 *
 * <p>The names in an archive are bytes and stay bytes; see {@code docs/adr/0003-own-tar-reader.md}.
 */
@NullMarked
package dev.stretcher.internal.archive;

import org.jspecify.annotations.NullMarked;
