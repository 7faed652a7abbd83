package dev.stretcher.internal.sync;

import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reason;
import dev.stretcher.option.Fsync;
import dev.stretcher.option.Settings;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Brings to disk what a syncer says, as far as the options require. */
record SyncDisk(Engine engine) implements SyncTarget.Disk {
  private static final Path ITSELF = Path.of("");

  @Override
  public void flush(Path tree) throws IOException, InterruptedException {
    flushing(
        tree,
        () -> {
          Flush flush = Flush.of(tree, engine.environment());
          flush.contents(tree);
          flush.names(tree);
        });
  }

  @Override
  public void flushNames(Path directory) throws IOException, InterruptedException {
    flushing(directory, () -> Flush.files(directory, List.of(ITSELF), engine.environment()));
  }

  /** What is done unless the operator does not want it. */
  @FunctionalInterface
  private interface Flushing {
    void run() throws IOException, InterruptedException;
  }

  private void flushing(Path directory, Flushing flushing)
      throws IOException, InterruptedException {
    if (engine.options().get(Settings.FSYNC) == Fsync.OFF) {
      return;
    }
    try {
      flushing.run();
    } catch (IOException e) {
      throw new IOException(
          "%s cannot be brought to disk: %s"
              .formatted(NativeText.text(directory), Reason.withFile(e)),
          e);
    }
  }
}
