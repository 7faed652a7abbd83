package dev.stretcher.internal.sync;

import dev.stretcher.spi.OmittedFiles;
import dev.stretcher.spi.SyncTarget.KnownContents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Omitted files with the digests that the table of contents of their archive says. An archive that
 * was read from its begin to its end has none for them. Not thread-safe.
 */
final class DigestedFiles implements OmittedFiles {
  private final OmittedFiles files;
  private final Supplier<KnownContents> archive;
  private @Nullable KnownContents said;

  /**
   * Creates them.
   *
   * @param archive what the table of contents says; asked once, if a file has no digest
   */
  DigestedFiles(OmittedFiles files, Supplier<KnownContents> archive) {
    this.files = files;
    this.archive = archive;
  }

  @Override
  public boolean isEmpty() {
    return files.isEmpty();
  }

  @Override
  public Collection<OmittedFile> in(Path directory) {
    List<OmittedFile> all = new ArrayList<>();
    for (OmittedFile file : files.in(directory)) {
      all.add(file.digest().isPresent() ? file : digested(directory, file));
    }
    return all;
  }

  private OmittedFile digested(Path directory, OmittedFile file) {
    if (said == null) {
      said = archive.get();
    }
    return new OmittedFile(
        file.name(),
        file.mode(),
        file.size(),
        file.modified(),
        file.uid(),
        file.gid(),
        said.digest(directory.resolve(file.name()), file.size(), file.modified()));
  }

  @Override
  public Collection<OmittedDirectory> directories(Path directory) {
    return files.directories(directory);
  }

  @Override
  public void stage(Collection<Path> paths) throws IOException, InterruptedException {
    files.stage(paths);
  }

  @Override
  public void stageAll() throws IOException, InterruptedException {
    files.stageAll();
  }
}
