package dev.stretcher.internal.fetch;

import dev.stretcher.internal.toc.Toc;
import dev.stretcher.internal.toc.TocReader;
import dev.stretcher.option.Options;
import dev.stretcher.pack.Packed;
import dev.stretcher.pack.Packer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;

/**
 * Files that were packed.
 *
 * @param tree has them
 */
record PackedFiles(Path tree, Toc toc, byte[] tar) {
  /**
   * Packs files of random bytes. Those of one size whose names begin alike have the same.
   *
   * @param temp an empty directory
   * @param sizes those of the files, by name
   */
  static PackedFiles of(Path temp, Map<String, Integer> sizes) throws Exception {
    Path tree = Files.createDirectory(temp.resolve("tree"));
    for (Map.Entry<String, Integer> each : sizes.entrySet()) {
      byte[] content = new byte[each.getValue()];
      new Random(each.getKey().charAt(0)).nextBytes(content);
      Files.write(tree.resolve(each.getKey()), content);
    }
    Path archive = temp.resolve("x.tar.gz");
    Packed packed = Packer.of(tree).pack(archive);
    byte[] bytes = Files.readAllBytes(archive);
    try (FileChannel channel = FileChannel.open(archive)) {
      Toc toc = TocReader.ofArchive(channel, packed.toc(), Options.DEFAULT).orElseThrow();
      byte[] tar = new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
      return new PackedFiles(tree, toc, tar);
    }
  }

  byte[] content(String name) throws Exception {
    return Files.readAllBytes(tree.resolve(name));
  }

  /** Puts what pieces hold into a spool file, as if they had been fetched. */
  void put(Pieces pieces, SpoolFile spool) throws IOException {
    for (Pieces.Piece piece : pieces.pieces()) {
      spool.write(
          ByteBuffer.wrap(tar, (int) piece.tarOffset(), (int) piece.tarLength()),
          piece.tarOffset());
    }
  }
}
