package dev.stretcher.release;

import java.util.List;

/**
 * What a release costs, and who uses it. Immutable.
 *
 * @param bytes what would become free if it alone were removed
 * @param processes the processes that have a file or directory of it open, mapped or as their
 *     working directory, as far as this user can see, such as {@code 4711 (java)}
 */
public record ReleaseUse(long bytes, List<String> processes) {
  /** Copies the list. */
  public ReleaseUse {
    processes = List.copyOf(processes);
  }
}
