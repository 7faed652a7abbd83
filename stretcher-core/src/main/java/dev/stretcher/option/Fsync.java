package dev.stretcher.option;

/** How much of a deploy outlasts a failure of the power or of the kernel. */
public enum Fsync {
  /** Only what the kernel happens to have written: a deployed file may be empty. */
  OFF,
  /**
   * A changed file is on disk before it takes its place, and its name is before the {@code post}
   * commands run. So after a failure each file is either the old or the new one, and the new one if
   * the deploy had ended.
   */
  FILES,
  /**
   * As {@link #FILES}. In addition all of dest's file system is on disk before the deploy counts as
   * a success, whoever wrote it, the {@code post} commands included.
   */
  FULL
}
