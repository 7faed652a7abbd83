package dev.stretcher;

import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncReport;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.spi.Syncer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;

/** Renames, as simple as it gets, and cannot say what it would do. */
class RenameSyncer implements Syncer {
  @Override
  public String name() {
    return "rename";
  }

  @Override
  public SyncReport sync(StagedTree tree, SyncTarget target)
      throws IOException, InterruptedException {
    if (Files.exists(target.dest())) {
      throw new IOException("it exists");
    }
    Files.move(tree.root(), target.dest(), StandardCopyOption.ATOMIC_MOVE);
    return SyncReport.of("renamed");
  }
}
