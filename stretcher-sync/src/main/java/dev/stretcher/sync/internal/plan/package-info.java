/** Compares a staged tree with dest and plans the changes, without making them. */
@NullMarked
package dev.stretcher.sync.internal.plan;

import org.jspecify.annotations.NullMarked;
