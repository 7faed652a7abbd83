/**
 * A fleet of hosts over a {@linkplain dev.stretcher.store key/value store}: what they should have,
 * what they have, and the questions about both.
 */
@NullMarked
package dev.stretcher.fleet;

import org.jspecify.annotations.NullMarked;
