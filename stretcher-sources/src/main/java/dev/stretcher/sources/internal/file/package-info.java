/** The source of file URLs. */
@NullMarked
package dev.stretcher.sources.internal.file;

import org.jspecify.annotations.NullMarked;
