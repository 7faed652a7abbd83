package dev.stretcher.internal.sync;

import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reason;
import dev.stretcher.option.Fsync;
import dev.stretcher.option.Settings;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** Brings to disk what a syncer says, as far as the options require. */
record SyncDisk(Engine engine) implements SyncTarget.Disk {
  private static final Path ITSELF = Path.of("");

  @Override
  public void flush(Path tree) throws IOException, InterruptedException {
    flushing(tree, real -> Flush.tree(real, engine.environment()));
  }

  @Override
  public void flushNames(Path directory) throws IOException, InterruptedException {
    flushing(directory, real -> Flush.files(real, List.of(ITSELF), engine.environment()));
  }

  @Override
  public void flushChanged(Path tree, Collection<Path> names)
      throws IOException, InterruptedException {
    if (!names.isEmpty()) {
      flushing(tree, real -> Flush.files(real, names, engine.environment()));
    }
  }

  /** What is done unless the operator does not want it. */
  @FunctionalInterface
  private interface Flushing {
    void of(Path real) throws IOException, InterruptedException;
  }

  /** A link that the syncer's path goes through or ends in would not be followed below. */
  private static Path real(Path directory) throws IOException {
    Path real = directory.toRealPath();
    if (!Files.isDirectory(real)) {
      throw new FileSystemException(NativeText.text(real), null, "it is not a directory");
    }
    return real;
  }

  private void flushing(Path directory, Flushing flushing)
      throws IOException, InterruptedException {
    if (engine.options().get(Settings.FSYNC) == Fsync.OFF) {
      return;
    }
    try {
      flushing.of(real(directory));
    } catch (IOException e) {
      throw new IOException(
          "%s cannot be brought to disk: %s"
              .formatted(NativeText.text(directory), Reason.withFile(e)),
          e);
    }
  }
}
