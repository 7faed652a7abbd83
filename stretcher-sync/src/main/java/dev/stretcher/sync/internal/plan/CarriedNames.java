package dev.stretcher.sync.internal.plan;

import dev.stretcher.text.NativeText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The names that come with a new directory. They need no work of their own, and a first deploy has
 * all its names here; so only their lines for the log are kept.
 *
 * @param directory relative to the root of the tree, byte by byte as Latin-1, since a path takes
 *     several times as much
 * @param lines a line for each name, without its directory, after {@link #LINK} or {@link #OTHER}
 */
record CarriedNames(String directory, String lines) {
  /** Marks a symbolic link. */
  static final char LINK = 'l';

  /** Marks anything else. */
  static final char OTHER = 'o';

  static CarriedNames in(Path directory, String lines) {
    return new CarriedNames(
        new String(NativeText.bytes(directory), StandardCharsets.ISO_8859_1), lines);
  }

  /** Returns the directory as a path. */
  Path path() {
    return NativeText.path(directory.getBytes(StandardCharsets.ISO_8859_1));
  }
}
