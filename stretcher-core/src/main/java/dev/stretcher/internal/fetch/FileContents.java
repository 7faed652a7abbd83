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

/** Contents of an archive that comes whole, and is read as one stream. Thread-safe. */
abstract class FileContents implements ArchiveContents {
  private static final long LARGE = 8 << 20;

  /** A whole page that says what is wrong with a server is shorter. */
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

  /** Returns the file, for the fetch to tell how far it is. */
  ArrivingFile arriving() {
    return file;
  }

  /** Opens the archive at its first byte; what has not arrived is waited for. */
  InputStream open() throws IOException {
    ProgressMeter progress = new ProgressMeter(reporter, Stage.EXTRACT, file.length());
    // Before, the fetch is what takes long.
    return new MeteredInput(file.open(), progress, file::isComplete);
  }

  <T> T entries(InputStream in, Entries.Reading<T> reading)
      throws IOException, InterruptedException {
    return CompressedTar.read(in, decompressors(), engine.options(), reading);
  }

  /**
   * A program is not worth its start for a small archive, unless it was asked for by name. Waits
   * until it is known to be a large one.
   */
  private Decompressors decompressors() throws IOException, InterruptedException {
    Decompressors chosen =
        new Decompressors(engine.options().get(Settings.DECOMPRESSOR), engine.environment());
    return !chosen.isAuto() || file.awaitSize(LARGE) ? chosen : Decompressors.JAVA;
  }

  /**
   * Refuses what goes on and on. What ends by itself is worth waiting for: that it is not what the
   * manifest describes says more.
   */
  @Override
  public void refuse(BadArchive reason) {
    if (file.length().isEmpty()) {
      refusal.because(reason);
    }
  }

  /** Returns what is held against the rest of these contents. */
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
