package dev.stretcher.internal.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;

/**
 * Unpacks archives with the semantics of GNU tar: modes, modification times, links, owners, holes.
 *
 * <p>It is stricter with what a deploy must not do: an archive with an absolute name, with {@code
 * ..}, or that writes through a symbolic link is refused. Stateless and thread-safe.
 */
public final class Extractor {
  private Extractor() {}

  /**
   * Unpacks an archive, whose compression is recognised by its content.
   *
   * <p>After a failure the directory holds what was unpacked so far.
   *
   * @param in the archive; read to its end, left open
   * @param root an empty directory that no one else writes to
   * @throws ArchiveException if the archive is bad
   * @throws IOException if it cannot be read, or its contents cannot be written
   * @throws InterruptedException if the thread is interrupted
   */
  public static ExtractionReport extract(InputStream in, Path root, ExtractOptions options)
      throws IOException, InterruptedException {
    try (InputStream tar = Decompressor.open(in)) {
      return new Extraction(new TarReader(tar), root.toAbsolutePath(), options).run();
    } catch (ClosedByInterruptException e) {
      Thread.interrupted();
      InterruptedException interrupted = new InterruptedException("interrupted while unpacking");
      interrupted.initCause(e);
      throw interrupted;
    }
  }
}
