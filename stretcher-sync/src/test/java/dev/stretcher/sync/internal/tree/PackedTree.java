package dev.stretcher.sync.internal.tree;

import dev.stretcher.internal.omit.Omissions;
import dev.stretcher.internal.toc.Contents;
import dev.stretcher.internal.toc.Footer;
import dev.stretcher.internal.toc.Toc;
import dev.stretcher.internal.toc.TocEntries;
import dev.stretcher.internal.toc.TocReader;
import dev.stretcher.internal.unpack.ExtractOptions;
import dev.stretcher.internal.unpack.Extractor;
import dev.stretcher.option.Options;
import dev.stretcher.pack.PackException;
import dev.stretcher.pack.PackOwner;
import dev.stretcher.pack.Packer;
import dev.stretcher.spi.ContentFilter;
import dev.stretcher.spi.OmittedFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.zip.GZIPInputStream;

/** A tree that was packed, and is staged by the table of contents of its archive. */
final class PackedTree implements OmittedFiles {
  private final Path root;
  private final Toc toc;
  private final byte[] tar;
  private final ExtractOptions options;
  private Omissions omissions;

  private PackedTree(Path root, Toc toc, byte[] tar, ExtractOptions options) {
    this.root = root;
    this.toc = toc;
    this.tar = tar;
    this.options = options;
  }

  /**
   * Packs a tree and stages what is needed of it.
   *
   * @param root does not exist yet
   */
  static PackedTree stage(Path tree, Path root, ContentFilter needed)
      throws IOException, InterruptedException, PackException {
    Path archive = root.resolveSibling("packed.tar.gz");
    Packer.of(tree).withOwner(PackOwner.KEEP).pack(archive);
    byte[] bytes = Files.readAllBytes(archive);
    Footer footer = Footer.find(ByteBuffer.wrap(bytes), bytes.length).orElseThrow();
    int length = (int) footer.tailLength();
    ByteBuffer found = footer.toc(ByteBuffer.wrap(bytes, bytes.length - length, length).slice());
    Toc toc = TocReader.read(found, TocReader.digest(found), footer.offset(), Options.DEFAULT);
    byte[] tar = new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
    Files.createDirectory(root);
    PackedTree packed =
        new PackedTree(root, toc, tar, ExtractOptions.forThisUser(root.getParent()));
    try (TocEntries entries = packed.entries()) {
      packed.omissions = Extractor.extract(entries, root, packed.options, needed).omissions();
    }
    return packed;
  }

  private TocEntries entries() throws IOException {
    Contents all =
        new Contents() {
          @Override
          public boolean has(long position, long length) {
            return true;
          }

          @Override
          public ByteBuffer read(long position, int max) {
            int start = (int) position;
            return ByteBuffer.wrap(tar, start, Math.min(max, tar.length - start)).slice();
          }
        };
    return new TocEntries(toc, all, Options.DEFAULT);
  }

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
    try (TocEntries entries = entries()) {
      Extractor.complete(entries, root, options, omissions, omissions.byEntry(files));
    }
  }

  @Override
  public void stageAll() throws IOException, InterruptedException {
    stage(omissions.paths());
  }
}
