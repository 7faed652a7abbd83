package dev.stretcher.spi;

import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/**
 * A command that a manifest wants run.
 *
 * @param phase when it runs
 * @param command the line for {@code sh -c}
 * @param environment variables added to, or replacing, those of the agent, in Unicode
 * @param input what the command gets on STDIN; empty is an empty STDIN. The runner reads it at most
 *     once and does not close it
 * @param output takes what the command prints, line by line while it runs; thread-safe
 */
public record Hook(
    Phase phase,
    String command,
    Map<String, String> environment,
    Optional<InputStream> input,
    HookOutput output) {
  /** Copies the map. */
  public Hook {
    environment = Map.copyOf(environment);
  }

  /** When a hook runs. */
  public enum Phase {
    /** After the archive is verified, before dest changes. */
    PRE,
    /** After dest is up to date. */
    POST,
    /** Last, after a deploy that worked. */
    SUCCESS,
    /** Last, after a deploy that failed. */
    FAILURE
  }
}
