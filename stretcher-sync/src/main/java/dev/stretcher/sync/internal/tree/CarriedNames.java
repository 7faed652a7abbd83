package dev.stretcher.sync.internal.tree;

import java.nio.file.Path;

/**
 * The names that come with the new directory that they are in. Nothing is done to each of them, and
 * a first deploy has all its names here; so no more is kept than what is said of them.
 *
 * @param directory relative to the root of the tree
 * @param lines what is said of each without its directory, a line for each, after {@link #LINK} or
 *     {@link #OTHER}
 */
record CarriedNames(Path directory, String lines) {
  /** Marks a symbolic link. */
  static final char LINK = 'l';

  /** Marks anything else. */
  static final char OTHER = 'o';
}
