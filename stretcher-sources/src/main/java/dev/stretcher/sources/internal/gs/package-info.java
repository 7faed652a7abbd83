/** The source of Google Cloud Storage. */
@NullMarked
package dev.stretcher.sources.internal.gs;

import org.jspecify.annotations.NullMarked;
