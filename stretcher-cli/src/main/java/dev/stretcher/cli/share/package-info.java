/**
 * Writes what the distribution has in {@code share}: manual pages, and completion for shells. Only
 * the build runs it, and it is in no jar.
 */
@NullMarked
package dev.stretcher.cli.share;

import org.jspecify.annotations.NullMarked;
