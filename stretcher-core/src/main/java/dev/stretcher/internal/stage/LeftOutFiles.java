package dev.stretcher.internal.stage;

import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.fetch.FetchedArchive;
import dev.stretcher.internal.sync.Flush;
import dev.stretcher.internal.unpack.ExtractOptions;
import dev.stretcher.internal.unpack.Extractor;
import dev.stretcher.internal.unpack.Omissions;
import dev.stretcher.option.Fsync;
import dev.stretcher.option.Settings;
import dev.stretcher.spi.OmittedFile;
import dev.stretcher.spi.OmittedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * The files of a staged tree that were left out, and come from the verified archive if a syncer
 * wants them after all.
 */
record LeftOutFiles(
    Engine engine, FetchedArchive archive, Path root, ExtractOptions options, Omissions omissions)
    implements OmittedFiles {
  @Override
  public boolean isEmpty() {
    return omissions.isEmpty();
  }

  @Override
  public Collection<OmittedFile> in(Path directory) {
    return omissions.in(directory);
  }

  @Override
  public void stage(Collection<Path> files) throws IOException, InterruptedException {
    List<Path> missing = files.stream().filter(omissions::has).toList();
    if (missing.isEmpty()) {
      return;
    }
    boolean toTheEnd = archive.isInPlace();
    archive.read(
        in -> {
          Extractor.complete(
              archive.decompressors(), in, root, options, omissions, files, toTheEnd);
          return files;
        });
    if (engine.options().get(Settings.FSYNC) != Fsync.OFF) {
      Flush.files(root, missing, engine.environment());
    }
  }

  @Override
  public void stageAll() throws IOException, InterruptedException {
    stage(omissions.paths());
  }
}
