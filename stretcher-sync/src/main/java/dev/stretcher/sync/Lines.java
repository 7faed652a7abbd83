package dev.stretcher.sync;

import dev.stretcher.text.NativeText;
import java.nio.file.Path;

/** Text that goes into one line of a log. */
final class Lines {
  private Lines() {}

  /** Returns a path for people, in one line. */
  static String text(Path path) {
    return one(NativeText.text(path));
  }

  /** Returns {@code text} with line ends and other control characters shown as question marks. */
  static String one(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
