package dev.stretcher.internal.decompress;

import dev.stretcher.internal.tar.ArchiveException;
import dev.stretcher.internal.tar.Entries;
import dev.stretcher.internal.tar.TarReader;
import dev.stretcher.option.Options;
import dev.stretcher.process.Interrupts;
import java.io.IOException;
import java.io.InputStream;

/** A tar archive, compressed or not, whose compression is recognised by its content. */
public final class CompressedTar {
  private CompressedTar() {}

  /**
   * Lets {@code reading} read the entries of an archive.
   *
   * @param in the archive; read to its end by another thread, which this one may interrupt to end a
   *     read; left open
   * @param decompressors the decompressors to choose from
   * @throws ArchiveException if the archive is bad
   * @throws IOException if it cannot be read, or as {@code reading} throws it
   * @throws InterruptedException if the thread is interrupted
   */
  public static <T> T read(
      InputStream in, Decompressors decompressors, Options limits, Entries.Reading<T> reading)
      throws IOException, InterruptedException {
    try (Decompressor tar = Decompressor.open(in, decompressors, limits);
        ReadAhead ahead = ReadAhead.of(tar)) {
      return reading.from(new TarReader(ahead, limits));
    } catch (IOException e) {
      Interrupts.rethrow(e);
      throw e;
    }
  }
}
