package dev.stretcher.agent;

import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncReport;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.spi.Syncer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** Replaces the one file of dest. */
final class SwapSyncer implements Syncer {
  @Override
  public String name() {
    return "swap";
  }

  @Override
  public SyncReport sync(StagedTree tree, SyncTarget target) throws IOException {
    Files.createDirectories(target.dest());
    try (Stream<Path> files = Files.list(tree.root())) {
      for (Path file : files.toList()) {
        Files.move(
            file,
            target.dest().resolve(file.getFileName().toString()),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return SyncReport.of("swapped");
  }
}
