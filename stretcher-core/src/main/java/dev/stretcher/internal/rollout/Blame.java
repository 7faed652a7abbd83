package dev.stretcher.internal.rollout;

import dev.stretcher.report.Stage;
import dev.stretcher.report.StretcherException;
import dev.stretcher.report.StretcherException.Busy;
import dev.stretcher.report.StretcherException.LockFailed;
import dev.stretcher.report.StretcherException.SourceUnavailable;
import dev.stretcher.report.StretcherException.StorageFailed;
import dev.stretcher.report.StretcherException.TimedOut;

/** Whose failure it is that a deploy has failed. */
public enum Blame {
  /** That of a source, a network or this host's disk: it passes, and is tried again. */
  CIRCUMSTANCES,
  /** That of what is desired: it fails again as long as nothing else is desired. */
  VERSION;

  /** Returns whose a failure is. */
  public static Blame of(StretcherException failure) {
    boolean passes =
        failure instanceof SourceUnavailable
            || failure instanceof StorageFailed
            || failure instanceof Busy
            || failure instanceof LockFailed
            || (failure instanceof TimedOut && failure.stage().compareTo(Stage.VERIFY) <= 0);
    return passes ? CIRCUMSTANCES : VERSION;
  }

  /** Tells whether dest is as it was before a deploy that failed so. */
  public static boolean leftDestAlone(StretcherException failure) {
    return failure.stage().compareTo(Stage.SYNC) < 0
        || failure instanceof SourceUnavailable
        || failure instanceof StorageFailed;
  }
}
