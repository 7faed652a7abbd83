/**
 * The things that every step of a deploy gets: the context, the reporter, the time, the clean-up.
 */
@NullMarked
package dev.stretcher.internal.engine;

import org.jspecify.annotations.NullMarked;
