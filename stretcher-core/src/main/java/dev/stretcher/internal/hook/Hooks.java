package dev.stretcher.internal.hook;

import dev.stretcher.report.StretcherException;
import dev.stretcher.report.StretcherException.HookFailed;

/** The commands of a manifest: they are run, or only told of. */
public interface Hooks {
  /** Tells whether there are commands that may change dest or what is around it. */
  boolean hasPre();

  void pre() throws HookFailed, InterruptedException;

  void post() throws HookFailed, InterruptedException;

  /** Runs the {@code success} commands; that one fails changes nothing. */
  void success() throws InterruptedException;

  /** Runs the {@code failure} commands; that one fails changes nothing. */
  void failure(StretcherException cause) throws InterruptedException;
}
