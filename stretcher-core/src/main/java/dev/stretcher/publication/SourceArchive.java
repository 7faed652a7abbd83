package dev.stretcher.publication;

import dev.stretcher.internal.decompress.Decompressors;
import dev.stretcher.internal.toc.Toc;
import dev.stretcher.internal.toc.TocException;
import dev.stretcher.internal.toc.TocReader;
import dev.stretcher.manifest.Digest;
import dev.stretcher.option.Options;
import dev.stretcher.pack.PackFilter;
import dev.stretcher.pack.Packed;
import dev.stretcher.pack.Packer;
import dev.stretcher.publish.ObjectContent;
import dev.stretcher.text.NativeText;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The archive that is published.
 *
 * @param content its bytes
 * @param suffix how its name ends
 * @param toc its table of contents, if it has one
 * @param temporary the directory that is removed with it, if it was packed for this
 */
record SourceArchive(
    ObjectContent content, String suffix, Optional<Toc> toc, Optional<Path> temporary)
    implements Closeable {
  private static final String PACKED = ".tar.gz";
  private static final List<String> SUFFIXES = List.of(PACKED, ".tgz", ".tar.zst");

  /** Packs a directory, or takes an archive that is ready. */
  static SourceArchive of(
      Path source,
      PackFilter filter,
      Decompressors decompressors,
      Options limits,
      PublicationListener listener)
      throws IOException, InterruptedException {
    if (Files.isDirectory(source)) {
      return packed(source, filter, limits, listener);
    }
    String name = NativeText.text(source);
    for (String suffix : SUFFIXES) {
      if (name.endsWith(suffix) && Files.isRegularFile(source)) {
        ReadyArchive.requireUsable(source, decompressors, limits);
        return new SourceArchive(
            ObjectContent.of(source, type(suffix)), suffix, toc(source, limits), Optional.empty());
      }
    }
    throw new UnpublishableException(
        "%s is neither a directory nor an archive whose name ends in %s"
            .formatted(name, String.join(", ", SUFFIXES)));
  }

  private static SourceArchive packed(
      Path source, PackFilter filter, Options limits, PublicationListener listener)
      throws IOException, InterruptedException {
    Path temporary = newDirectory();
    Path file = temporary.resolve("archive" + PACKED);
    try {
      Packed packed = Packer.of(source).excluding(filter).withListener(listener).pack(file);
      if (packed.entries() <= 1) {
        throw new UnpublishableException(
            "the directory %s is empty, and would empty each host; see what should have been built"
                .formatted(NativeText.text(source)));
      }
      return new SourceArchive(
          ObjectContent.of(file, packed.length(), packed.checksum(), type(PACKED)),
          PACKED,
          toc(file, limits),
          Optional.of(temporary));
    } catch (IOException | InterruptedException | RuntimeException e) {
      remove(temporary);
      throw e;
    }
  }

  private static Path newDirectory() throws UnpublishableException {
    try {
      return Files.createTempDirectory("stretcher-publish-");
    } catch (IOException e) {
      throw new UnpublishableException(
          "no directory can be made in %s, where the archive is packed; let TMPDIR name one that this user may write to"
              .formatted(System.getProperty("java.io.tmpdir")),
          e);
    }
  }

  private static String type(String suffix) {
    return suffix.endsWith("zst") ? "application/zstd" : "application/gzip";
  }

  private static Optional<Toc> toc(Path file, Options limits) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return TocReader.ofArchive(channel, limits);
    } catch (TocException e) {
      throw new UnpublishableException(
          "the table of contents of %s %s; pack it anew"
              .formatted(NativeText.text(file), e.getMessage()),
          e);
    }
  }

  Digest checksum() {
    return content.sha256();
  }

  private static void remove(Path temporary) throws IOException {
    Files.deleteIfExists(temporary.resolve("archive" + PACKED));
    Files.deleteIfExists(temporary);
  }

  @Override
  public void close() throws IOException {
    if (temporary.isPresent()) {
      remove(temporary.get());
    }
  }
}
