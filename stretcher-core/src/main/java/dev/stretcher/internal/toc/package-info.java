/**
 * The table of contents (TOC) of an archive: the archive's own tar headers, where its members are,
 * and the SHA-256 of each content. With it, contents are found, fetched and verified one by one.
 */
@NullMarked
package dev.stretcher.internal.toc;

import org.jspecify.annotations.NullMarked;
