/**
 * The deploy of an archive, and what may come of it: a sync, a plan, or what a room above makes of
 * the unpacked tree.
 */
@NullMarked
package dev.stretcher.internal.archive;

import org.jspecify.annotations.NullMarked;
