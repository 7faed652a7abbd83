package dev.stretcher.sync;

/** Text that goes into one line of a log. */
final class Lines {
  private Lines() {}

  /** Returns {@code text} with line ends and other control characters shown as question marks. */
  static String one(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
