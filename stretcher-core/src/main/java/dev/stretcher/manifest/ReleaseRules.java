package dev.stretcher.manifest;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The rules of a manifest for a syncer that keeps releases. Immutable.
 *
 * @param id the name of the release; empty for one made of the time and the archive
 * @param keep how many good releases stay, from 1; the live one and the good one before it always
 *     stay
 * @param shared names that outlive releases, relative, normalized and inside of the release: each
 *     is a link into a directory that all releases share
 */
public record ReleaseRules(Optional<String> id, int keep, List<Shared> shared) {
  /** An ID of its own, five releases, nothing shared. */
  public static final ReleaseRules DEFAULT = new ReleaseRules(Optional.empty(), 5, List.of());

  /** Copies the list. */
  public ReleaseRules {
    shared = List.copyOf(shared);
  }

  /**
   * A name that outlives releases.
   *
   * @param path relative to the release
   * @param directory whether the manifest says, by a slash at the end, that it is a directory,
   *     which is made if it is missing
   */
  public record Shared(Path path, boolean directory) {}

  /** Returns these rules with a name for the release. */
  public ReleaseRules withId(String name) {
    return new ReleaseRules(Optional.of(name), keep, shared);
  }

  /** Returns these rules with another number of good releases that stay. */
  public ReleaseRules withKeep(int number) {
    return new ReleaseRules(id, number, shared);
  }

  /** Returns these rules with other shared names. */
  public ReleaseRules withShared(List<Shared> names) {
    return new ReleaseRules(id, keep, names);
  }
}
