/** Sending contents over HTTP, and the object store of web servers. */
@NullMarked
package dev.stretcher.sources.internal.upload;

import org.jspecify.annotations.NullMarked;
