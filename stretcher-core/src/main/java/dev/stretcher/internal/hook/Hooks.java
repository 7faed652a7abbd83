package dev.stretcher.internal.hook;

import dev.stretcher.report.StretcherException;
import dev.stretcher.report.StretcherException.HookFailed;

/** The commands of a manifest, which are run or only announced. */
public interface Hooks {
  /**
   * Tells whether there are {@code pre} commands, which may change dest or the directories around
   * it.
   */
  boolean hasPre();

  void pre() throws HookFailed, InterruptedException;

  void post() throws HookFailed, InterruptedException;

  /** Runs the {@code success} commands; their failure does not change the result. */
  void success() throws InterruptedException;

  /** Runs the {@code failure} commands; their failure does not change the result. */
  void failure(StretcherException cause) throws InterruptedException;
}
