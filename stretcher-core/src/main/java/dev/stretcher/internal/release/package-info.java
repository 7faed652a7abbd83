/**
 * Deploys to a dest that keeps releases, the way back to an earlier one, and what lies prepared:
 * the steps of a {@link dev.stretcher.release.ReleaseSyncer}, which this room calls one by one.
 */
@NullMarked
package dev.stretcher.internal.release;

import org.jspecify.annotations.NullMarked;
