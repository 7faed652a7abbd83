package dev.stretcher.spi;

/** Takes what a hook prints. Thread-safe. */
@FunctionalInterface
public interface HookOutput {
  /** The two outputs of a process. */
  enum Stream {
    /** Standard output. */
    OUT,
    /** Standard error. */
    ERR
  }

  /**
   * Takes a line, in Unicode and without its line end; a line of more than 65,536 characters comes
   * in pieces.
   */
  void line(Stream stream, String line);
}
