package dev.stretcher.internal.unpack;

import dev.stretcher.internal.decompress.CompressedTar;
import dev.stretcher.internal.decompress.Decompressors;
import dev.stretcher.spi.ContentFilter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Unpacks an archive that is there. */
final class Unpacking {
  private Unpacking() {}

  static ExtractionReport extract(
      InputStream archive, Path root, ExtractOptions options, ContentFilter needed)
      throws IOException, InterruptedException {
    return CompressedTar.read(
        archive,
        Decompressors.JAVA,
        options.limits(),
        entries -> Extractor.extract(entries, root, options, needed));
  }
}
