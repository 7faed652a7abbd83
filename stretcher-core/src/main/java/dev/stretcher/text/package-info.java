/**
 * Text forms of things: names as the operating system has them, URLs without their secrets, sizes
 * and durations.
 */
@NullMarked
package dev.stretcher.text;

import org.jspecify.annotations.NullMarked;
