package dev.stretcher.internal.fetch;

import dev.stretcher.internal.decompress.CompressedTar;
import dev.stretcher.internal.decompress.Decompressors;
import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.tar.Entries;
import dev.stretcher.option.Settings;
import dev.stretcher.report.Stage;
import dev.stretcher.report.StretcherException.BadArchive;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Contents of an archive that arrives whole, and is read as one stream. Thread-safe. */
abstract class FileContents implements ArchiveContents {
  private static final long LARGE = 8 << 20;

  /** More than any error page of a server has. */
  private static final long PATIENCE = 64 << 20;

  private final Engine engine;
  private final Reporter reporter;
  private final ArrivingFile file;
  private final Refusal refusal = new Refusal(PATIENCE);

  FileContents(Engine engine, Reporter reporter, ArrivingFile file) {
    this.engine = engine;
    this.reporter = reporter;
    this.file = file;
  }

  /** Returns the file, to which the fetch reports its progress. */
  ArrivingFile arriving() {
    return file;
  }

  /** Opens the archive at its first byte; reads wait for bytes that have not arrived. */
  InputStream open() throws IOException {
    ProgressMeter progress = new ProgressMeter(reporter, Stage.EXTRACT, file.length());
    // Until the file has arrived, it is the fetch that takes long and reports progress.
    return new MeteredInput(file.open(), progress, file::isComplete);
  }

  <T> T entries(InputStream in, Entries.Reading<T> reading)
      throws IOException, InterruptedException {
    return CompressedTar.read(in, decompressors(), engine.options(), reading);
  }

  /**
   * Waits until it is known whether the archive is large: a program is not worth its start for a
   * small one, unless the operator named that program.
   */
  private Decompressors decompressors() throws IOException, InterruptedException {
    Decompressors chosen =
        new Decompressors(engine.options().get(Settings.DECOMPRESSOR), engine.environment());
    return !chosen.isAuto() || file.awaitSize(LARGE) ? chosen : chosen.forSmall();
  }

  /**
   * Refuses a transfer that does not end. A bad archive that ends by itself is worth waiting for,
   * since a wrong checksum says more than a bad entry.
   */
  @Override
  public void refuse(BadArchive reason) {
    if (file.length().isEmpty()) {
      refusal.because(reason);
    }
  }

  /** Returns the refusal of the rest of these contents. */
  Refusal refusal() {
    return refusal;
  }

  @Override
  public boolean hasStartedOver() {
    return file.hasStartedOver();
  }

  @Override
  public Path file() {
    return file.path();
  }
}
