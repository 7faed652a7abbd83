/** Carries out a plan: puts, adjusts and removes. */
@NullMarked
package dev.stretcher.sync.internal.apply;

import org.jspecify.annotations.NullMarked;
