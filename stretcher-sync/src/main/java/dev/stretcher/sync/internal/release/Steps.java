package dev.stretcher.sync.internal.release;

import java.io.IOException;

/** Is told of each step that has changed something on disk, so that a test can stop there. */
@FunctionalInterface
public interface Steps {
  /** Goes on. */
  Steps NONE = step -> {};

  /** The steps, in the order in which a deploy takes them. */
  enum Step {
    DEST_MADE,
    ADOPTED,
    SWEPT,
    COMPLETED,
    SHARED,
    KEPT,
    FLUSHED,
    WRITTEN_AS_PREPARED,
    NAMED,
    NAME_FLUSHED,
    LINK_MADE,
    LINK_RENAMED,
    LINK_FLUSHED,
    WRITTEN_AS_LIVE,
    MARKED,
    SET_ASIDE,
    WRITTEN_AS_GONE,
    REMOVED,
    TIDIED
  }

  /**
   * Goes on after a step.
   *
   * @throws IOException as if the next step had failed
   */
  void done(Step step) throws IOException;
}
