package dev.stretcher.pack;

import dev.stretcher.internal.toc.Footer;
import dev.stretcher.internal.toc.Sha256;
import dev.stretcher.internal.toc.TocWriter;
import dev.stretcher.manifest.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;

/** Packs one tree into one file: the members, and then the table of what is in them. Used once. */
final class PackRun {
  private final Packer packer;
  private final ArchiveFormat format;
  private final int level;
  private final OutputFile output;
  private final EntryPacker.Totals totals = new EntryPacker.Totals();

  PackRun(Packer packer, ArchiveFormat format, int level, OutputFile output) {
    this.packer = packer;
    this.format = format;
    this.level = level;
    this.output = output;
  }

  Packed run(Path root) throws IOException, InterruptedException {
    try (TocWriter toc = new TocWriter(format.codec())) {
      try (MemberPipeline pipeline =
          new MemberPipeline(
              () -> format.compressor(level), packer.threads(), batch -> write(batch, toc))) {
        pack(root, new MemberCutter(pipeline), toc);
      }
      ByteBuffer contents = toc.finish();
      Digest tocDigest = digest(contents);
      output.write(Footer.tail(format.codec(), contents, output.length()));
      long length = output.length();
      Digest checksum = Sha256.of(output.complete());
      return new Packed(checksum, tocDigest, totals.entries, totals.bytes, length);
    }
  }

  private void pack(Path root, MemberCutter members, TocWriter toc)
      throws IOException, InterruptedException {
    Problems problems = new Problems();
    EntryPacker entries =
        new EntryPacker(members, toc, new EntryHeaders(packer.owner()), problems, totals);
    new TreeWalk(root, packer.filter(), problems, entries).run();
    problems.requireNone();
    entries.finish();
  }

  private void write(Batch batch, TocWriter toc) throws IOException {
    for (Batch.Member member : batch.members()) {
      toc.member(member.packed(), member.tar());
    }
    output.write(batch.packed());
    packer.listener().onProgress(totals.entries, totals.bytes);
  }

  private static Digest digest(ByteBuffer contents) {
    MessageDigest digest = Sha256.digest();
    digest.update(contents.duplicate());
    return Sha256.of(digest.digest());
  }
}
