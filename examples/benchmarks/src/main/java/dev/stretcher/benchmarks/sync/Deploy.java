package dev.stretcher.benchmarks.sync;

import dev.stretcher.benchmarks.data.StagingCopy;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.spi.Syncer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The part of a deploy that is measured: the sync, and the staging if there is a source. */
public final class Deploy {
  private Deploy() {}

  /**
   * Returns the syncer that manifests call {@code strategy}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Syncer syncer(String strategy) {
    List<Syncer> syncers =
        ServiceLoader.load(Syncer.class).stream().map(ServiceLoader.Provider::get).toList();
    return syncers.stream()
        .filter(syncer -> syncer.name().equals(strategy))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no sync strategy " + strategy + ", but " + names(syncers)));
  }

  static void run(Syncer syncer, Optional<Path> source, Path staged, Path dest)
      throws IOException, InterruptedException {
    if (source.isPresent()) {
      StagingCopy.copy(source.get(), staged);
    }
    syncer.sync(new StagedTree(staged), new SyncTarget(dest, SyncRules.DEFAULT, 0, line -> {}));
  }

  private static String names(List<Syncer> syncers) {
    return String.join(", ", syncers.stream().map(Syncer::name).sorted().toList());
  }
}
