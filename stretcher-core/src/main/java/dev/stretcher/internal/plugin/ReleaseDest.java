package dev.stretcher.internal.plugin;

import dev.stretcher.file.RealPath;
import dev.stretcher.release.ReleaseSyncer;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out by which syncer the releases at a dest were made. */
public final class ReleaseDest {
  private ReleaseDest() {}

  /**
   * Returns the syncer; empty if no releases are there. Of several that would work there, that one
   * which knows what a release was made of.
   */
  public static Optional<ReleaseSyncer> syncer(Plugins plugins, Path dest) throws IOException {
    List<ReleaseSyncer> there = new ArrayList<>(1);
    for (String name : plugins.strategies()) {
      if (plugins.syncer(name).orElseThrow() instanceof ReleaseSyncer syncer && syncer.isAt(dest)) {
        there.add(syncer);
      }
    }
    for (ReleaseSyncer syncer : there.size() > 1 ? there : List.<ReleaseSyncer>of()) {
      if (hasMade(syncer, dest)) {
        return Optional.of(syncer);
      }
    }
    return there.stream().findFirst();
  }

  /** Tells whether a dest has releases that a syncer has made; cheap if it has none. */
  public static boolean isOne(Plugins plugins, Path dest) throws IOException {
    for (String name : plugins.strategies()) {
      if (plugins.syncer(name).orElseThrow() instanceof ReleaseSyncer syncer
          && Files.isSymbolicLink(syncer.link(dest))
          && syncer.isAt(dest)
          && hasMade(syncer, dest)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasMade(ReleaseSyncer syncer, Path dest) throws IOException {
    return syncer.list(dest).stream().anyMatch(release -> release.origin().isPresent());
  }

  /** Returns the syncer, or says that no releases are there. */
  public static ReleaseSyncer require(Plugins plugins, Path dest) throws IOException {
    Optional<ReleaseSyncer> syncer = syncer(plugins, dest);
    if (syncer.isEmpty()) {
      String meant =
          meant(plugins, dest)
              .map(other -> "name %s, which has them".formatted(NativeText.text(other)))
              .orElse("name the dest of a manifest with sync_strategy: release");
      throw new IOException(
          "there are no releases at %s; %s".formatted(NativeText.text(dest), meant));
    }
    return syncer.get();
  }

  /** Returns the dest of which somebody has named the link, or a release. */
  private static Optional<Path> meant(Plugins plugins, Path dest) {
    try {
      Path above = dest.getParent();
      if (above != null && isLinkOf(plugins, above, dest)) {
        return Optional.of(above);
      }
      return KeptRelease.at(plugins, RealPath.of(dest)).map(KeptRelease::dest);
    } catch (IOException e) {
      // It would only be a help.
      return Optional.empty();
    }
  }

  private static boolean isLinkOf(Plugins plugins, Path dest, Path link) throws IOException {
    Optional<ReleaseSyncer> syncer = syncer(plugins, dest);
    return syncer.isPresent() && syncer.get().link(dest).equals(link);
  }
}
