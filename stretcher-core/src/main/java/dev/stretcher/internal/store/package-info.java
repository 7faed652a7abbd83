/**
 * The store {@code file:DIR}, which the processes of one machine share. Its file {@code
 * store.jsonl} has all that was ever written, in lines that a person can read; a write is a few
 * lines at its end, the last of which says that they are whole.
 */
@NullMarked
package dev.stretcher.internal.store;

import org.jspecify.annotations.NullMarked;
