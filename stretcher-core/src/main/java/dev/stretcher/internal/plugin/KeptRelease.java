package dev.stretcher.internal.plugin;

import dev.stretcher.file.RealPath;
import dev.stretcher.release.Release;
import dev.stretcher.release.ReleaseSyncer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A release, and the dest whose syncer keeps it.
 *
 * @param syncer by which it was made
 * @param dest has it
 */
public record KeptRelease(ReleaseSyncer syncer, Path dest, Release release) {
  /** How far above a release its dest is looked for. */
  private static final int LEVELS = 3;

  /** Returns the live release of a dest. */
  public static Optional<KeptRelease> live(Plugins plugins, Path dest) throws IOException {
    return find(plugins, dest, Release::live);
  }

  /**
   * Returns the live release of a dest that another tool has made, or the release whose directory
   * is meant.
   *
   * @param real a real path
   */
  public static Optional<KeptRelease> at(Plugins plugins, Path real) throws IOException {
    Optional<KeptRelease> found = live(plugins, real);
    Path above = real.getParent();
    for (int i = 0; i < LEVELS && above != null && found.isEmpty(); i++) {
      found = find(plugins, above, release -> RealPath.of(release.directory()).equals(real));
      above = above.getParent();
    }
    return found;
  }

  private static Optional<KeptRelease> find(Plugins plugins, Path dest, Predicate<Release> wanted)
      throws IOException {
    Optional<ReleaseSyncer> syncer = ReleaseDest.syncer(plugins, dest);
    if (syncer.isEmpty()) {
      return Optional.empty();
    }
    return syncer.get().list(dest).stream()
        .filter(wanted)
        .findFirst()
        .map(release -> new KeptRelease(syncer.get(), dest, release));
  }
}
