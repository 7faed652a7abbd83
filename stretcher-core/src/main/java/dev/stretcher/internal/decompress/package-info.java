/** Recognises how an archive is compressed and decompresses it, ahead of who unpacks it. */
@NullMarked
package dev.stretcher.internal.decompress;

import org.jspecify.annotations.NullMarked;
