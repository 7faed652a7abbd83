/** Compares a staged tree with dest and decides what is to be done, without doing it. */
@NullMarked
package dev.stretcher.sync.internal.plan;

import org.jspecify.annotations.NullMarked;
