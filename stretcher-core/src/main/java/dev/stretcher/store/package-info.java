/**
 * Key/value stores that a fleet shares: the plug-in point, and what is read from and written to
 * one.
 */
@NullMarked
package dev.stretcher.store;

import org.jspecify.annotations.NullMarked;
