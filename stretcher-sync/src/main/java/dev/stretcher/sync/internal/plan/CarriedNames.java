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
 * @param names each name, without its directory, after {@link #LINK} or {@link #OTHER}, and before
 *     {@link #END}
 */
record CarriedNames(String directory, String names) {
  /** Marks a symbolic link. */
  static final char LINK = 'l';

  /** Marks anything else. */
  static final char OTHER = 'o';

  /** Ends a name: no name has it. */
  static final char END = '\0';

  static CarriedNames in(Path directory, String names) {
    return new CarriedNames(
        new String(NativeText.bytes(directory), StandardCharsets.ISO_8859_1), names);
  }

  /** Takes a name that comes with its directory, and whether it is a link. */
  @FunctionalInterface
  interface Taker {
    void take(char kind, String name);
  }

  void forEach(Taker taker) {
    int start = 0;
    for (int end = names.indexOf(END); end >= 0; end = names.indexOf(END, start)) {
      taker.take(names.charAt(start), names.substring(start + 1, end));
      start = end + 1;
    }
  }

  /** Returns the directory as a path. */
  Path path() {
    return NativeText.path(directory.getBytes(StandardCharsets.ISO_8859_1));
  }
}
