/** The object store of directories. */
@NullMarked
package dev.stretcher.internal.publish;

import org.jspecify.annotations.NullMarked;
