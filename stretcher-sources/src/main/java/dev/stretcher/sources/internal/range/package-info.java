/** The bytes of an object that are asked for, and those that are answered. */
@NullMarked
package dev.stretcher.sources.internal.range;

import org.jspecify.annotations.NullMarked;
