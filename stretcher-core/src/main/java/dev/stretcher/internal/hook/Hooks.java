package dev.stretcher.internal.hook;

import dev.stretcher.report.StretcherException;
import dev.stretcher.report.StretcherException.HookFailed;
import java.nio.file.Path;
import java.util.Optional;

/** The commands of a manifest, which are run or only announced. */
public interface Hooks {
  /**
   * Tells whether there are {@code pre} commands, which may change dest or the directories around
   * it.
   */
  boolean hasPre();

  /**
   * Tells the commands that run from now on which release they are for.
   *
   * @param id that of the release which becomes live
   * @param previous that of the release which was live before; empty if none was
   * @param link where the application finds the live release
   */
  void releasing(String id, Optional<String> previous, Path link);

  /**
   * Tells the {@code failure} commands that the deploy was rolled back.
   *
   * @param id that of the release which is live again
   */
  void rolledBackTo(String id);

  void pre() throws HookFailed, InterruptedException;

  void post() throws HookFailed, InterruptedException;

  /** Runs the {@code health} commands until they have passed long enough, or time is up. */
  void health() throws HookFailed, InterruptedException;

  /** Runs the {@code success} commands; their failure does not change the result. */
  void success() throws InterruptedException;

  /** Runs the {@code failure} commands; their failure does not change the result. */
  void failure(StretcherException cause) throws InterruptedException;
}
