/** Recognises how an archive is compressed and decompresses it, ahead of the unpacking. */
@NullMarked
package dev.stretcher.internal.decompress;

import org.jspecify.annotations.NullMarked;
