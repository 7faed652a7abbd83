package dev.stretcher.internal.stage;

import dev.stretcher.internal.dest.DestLock;
import dev.stretcher.internal.engine.Cleanup;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.process.Background;
import dev.stretcher.report.StretcherException;
import java.io.Closeable;

/**
 * The unpacking of an archive while it arrives. Closing this ends the unpacking and removes the
 * unpacked files.
 *
 * @param work unpacks into {@code staged}, which nobody else uses before the work has ended
 * @param lock the lock after which the staging directory is named
 */
record EarlyStaging(
    StagedArchive staged,
    Background<StagedArchive, StretcherException> work,
    DestLock lock,
    Reporter reporter)
    implements Closeable {
  /** Waits until the archive, as far as it has arrived, is unpacked. */
  StagedArchive await() throws StretcherException, InterruptedException {
    return work.await();
  }

  @Override
  public void close() {
    work.close();
    Cleanup.close(staged, reporter);
  }
}
