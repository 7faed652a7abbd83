/** Detached signatures of manifests. */
@NullMarked
package dev.stretcher.internal.signature;

import org.jspecify.annotations.NullMarked;
