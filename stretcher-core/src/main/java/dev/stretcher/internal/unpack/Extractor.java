package dev.stretcher.internal.unpack;

import dev.stretcher.internal.decompress.Decompressor;
import dev.stretcher.internal.decompress.Decompressors;
import dev.stretcher.internal.decompress.ReadAhead;
import dev.stretcher.internal.tar.ArchiveException;
import dev.stretcher.internal.tar.TarReader;
import dev.stretcher.process.Interrupts;
import dev.stretcher.spi.ContentFilter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;

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
   * @param decompressors what may decompress it
   * @param in the archive; read to its end by another thread, which this one may interrupt to end a
   *     read; left open
   * @param root an empty directory that no one else writes to
   * @param needed says which files are unpacked with their contents; the others are left out
   * @throws ArchiveException if the archive is bad
   * @throws IOException if it cannot be read, or its contents cannot be written
   * @throws InterruptedException if the thread is interrupted
   */
  public static ExtractionReport extract(
      Decompressors decompressors,
      InputStream in,
      Path root,
      ExtractOptions options,
      ContentFilter needed)
      throws IOException, InterruptedException {
    return read(
        decompressors,
        in,
        options,
        reader -> new Extraction(reader, root.toAbsolutePath(), options, needed).run());
  }

  /**
   * Unpacks files that {@link #extract} left out. They are no longer among {@code omissions}
   * afterwards; a name that is not among them is passed over.
   *
   * @param decompressors what may decompress it
   * @param in the same archive once more, as for {@link #extract}
   * @param root the same directory
   * @param files relative to {@code root}; the directories that they are in exist
   * @param toTheEnd whether the archive is read to its end, also if the files come before that
   */
  public static void complete(
      Decompressors decompressors,
      InputStream in,
      Path root,
      ExtractOptions options,
      Omissions omissions,
      Collection<Path> files,
      boolean toTheEnd)
      throws IOException, InterruptedException {
    Map<Integer, List<Path>> wanted = omissions.byEntry(files);
    if (wanted.isEmpty()) {
      return;
    }
    read(
        decompressors,
        in,
        options,
        reader -> {
          new Completion(reader, root.toAbsolutePath(), options).run(wanted);
          if (toTheEnd) {
            reader.drain();
          }
          files.forEach(omissions::remove);
          return omissions;
        });
  }

  /** Something that is done with an archive. */
  @FunctionalInterface
  private interface Run<T> {
    T with(TarReader reader) throws IOException, InterruptedException;
  }

  private static <T> T read(
      Decompressors decompressors, InputStream in, ExtractOptions options, Run<T> run)
      throws IOException, InterruptedException {
    try (Decompressor tar = Decompressor.open(in, decompressors, options.limits());
        ReadAhead ahead = ReadAhead.of(tar)) {
      return run.with(new TarReader(ahead));
    } catch (IOException e) {
      Interrupts.rethrow(e);
      throw e;
    }
  }
}
