package dev.stretcher.spi;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A command that a manifest wants run, and all that a {@link HookRunner} needs for it. Immutable.
 *
 * <p>The environment comes in two parts that must not be mixed before the command runs as {@link
 * #runAs}: what the operator gave to the agent may act on the programs that change the user, what a
 * manifest adds, such as {@code LD_PRELOAD} or {@code PATH}, must not.
 *
 * @param phase when it runs
 * @param command the line for {@code sh -c}
 * @param runAs the name of the user that it must run as; empty is the user of the agent
 * @param inherited the environment of the agent, in Unicode, to be given to the command in place of
 *     that of this process
 * @param environment variables added to, or replacing, the inherited ones, in Unicode
 * @param directory the working directory, absolute; it can be entered
 * @param grace how long the command may take to end after it was told to; then it is killed
 * @param input what the command gets on STDIN; empty is an empty STDIN. The runner reads it at most
 *     once and does not close it
 * @param output takes what the command prints, line by line while it runs; thread-safe
 */
public record Hook(
    Phase phase,
    String command,
    Optional<String> runAs,
    Map<String, String> inherited,
    Map<String, String> environment,
    Path directory,
    Duration grace,
    Optional<InputStream> input,
    HookOutput output) {
  /** Copies the maps. */
  public Hook {
    inherited = Map.copyOf(inherited);
    environment = Map.copyOf(environment);
  }

  /**
   * Returns the same hook with another line for the shell, for a runner that only changes the line.
   */
  public Hook withCommand(String line) {
    return new Hook(phase, line, runAs, inherited, environment, directory, grace, input, output);
  }

  /** When a hook runs. */
  public enum Phase {
    /** After the archive is verified, before dest changes. */
    PRE,
    /** After dest is up to date. */
    POST,
    /** After the {@code post} commands, again and again. */
    HEALTH,
    /** Last, after a deploy that worked. */
    SUCCESS,
    /** Last, after a deploy that failed. */
    FAILURE;

    /**
     * Tells whether hooks of this phase run after the deploy has ended. Such a hook gets the log on
     * STDIN and reports the result: its output is not part of the log.
     */
    public boolean isAfterResult() {
      return this == SUCCESS || this == FAILURE;
    }
  }
}
