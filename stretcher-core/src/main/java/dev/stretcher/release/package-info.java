/** The role of a syncer that keeps several releases of an application and switches between them. */
@NullMarked
package dev.stretcher.release;

import org.jspecify.annotations.NullMarked;
