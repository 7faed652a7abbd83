package dev.stretcher.option;

/** How much of a deploy outlasts a failure of the power or of the kernel. */
public enum Fsync {
  /** Whatever the kernel has written by then: a file may be empty that was deployed. */
  OFF,
  /**
   * A changed file is on disk before it takes its place, and its name before the {@code post}
   * commands run: after a failure each file is the old or the new one, and after a deploy that was
   * over, the new one.
   */
  FILES,
  /**
   * The same, and all else on dest's file system, whoever wrote it, is on disk before the deploy
   * counts as a success: what {@code post} commands did as well.
   */
  FULL
}
