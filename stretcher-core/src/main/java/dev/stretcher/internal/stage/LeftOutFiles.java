package dev.stretcher.internal.stage;

import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.fetch.ArchiveContents;
import dev.stretcher.internal.omit.Omissions;
import dev.stretcher.internal.sync.Flush;
import dev.stretcher.internal.unpack.ExtractOptions;
import dev.stretcher.internal.unpack.Extractor;
import dev.stretcher.option.Fsync;
import dev.stretcher.option.Settings;
import dev.stretcher.spi.OmittedFiles;
import dev.stretcher.spi.OmittedFiles.OmittedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What was left out of a staged tree. Files come from the verified archive if a syncer needs them
 * after all.
 */
record LeftOutFiles(
    Engine engine, ArchiveContents contents, Path root, ExtractOptions options, Omissions omissions)
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
  public Collection<OmittedDirectory> directories(Path directory) {
    return omissions.directories(directory);
  }

  @Override
  public void stage(Collection<Path> files) throws IOException, InterruptedException {
    Extractor.makeDirectories(root, omissions, omissions.directoriesOf(files));
    Map<Integer, List<Path>> missing = omissions.byEntry(files);
    if (missing.isEmpty()) {
      return;
    }
    contents.readSome(
        missing.keySet(),
        entries -> Extractor.complete(entries, root, options, omissions, missing));
    if (engine.options().get(Settings.FSYNC) != Fsync.OFF) {
      List<Path> staged = missing.values().stream().flatMap(List::stream).toList();
      Flush.files(root, staged, engine.environment());
    }
  }

  @Override
  public void stageAll() throws IOException, InterruptedException {
    stage(omissions.paths());
  }
}
