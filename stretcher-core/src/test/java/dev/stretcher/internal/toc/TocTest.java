package dev.stretcher.internal.toc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import dev.stretcher.internal.tar.Entries;
import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.internal.tar.TarReader;
import dev.stretcher.internal.unpack.Shell;
import dev.stretcher.option.Options;
import dev.stretcher.spi.EntryType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a table of contents says of an archive is what is in the archive. */
class TocTest {
  private final long seed = Long.getLong("stretcher.seed", System.nanoTime());

  @TempDir Path temp;

  @ParameterizedTest
  @EnumSource(Codec.class)
  void itHasTheEntriesAndContentsOfTheTar(Codec codec) throws Exception {
    for (int i = 0; i < 8; i++) {
      Random random = new Random(seed + i);
      byte[] tar = RandomTar.of(random, i == 0 ? 0 : 1 + random.nextInt(60));
      compare(TocArchive.of(tar, codec), "-Dstretcher.seed=" + (seed + i));
    }
  }

  private static void compare(TocArchive.Made archive, String about) throws Exception {
    Toc toc = archive.read();
    assertThat(toc.tarLength()).as(about).isEqualTo(archive.tar().length);
    assertThat(toc.dataLength()).as(about).isEqualTo(archive.offset());
    List<String> expected = described(reader(archive.tar()), true);
    try (TocEntries entries = new TocEntries(toc, archive.contents(), Options.DEFAULT)) {
      assertThat(described(entries, true)).as(about).isEqualTo(expected);
    }
    try (TocEntries entries = new TocEntries(toc, Contents.NONE, Options.DEFAULT)) {
      assertThat(described(entries, false))
          .as(about)
          .isEqualTo(described(reader(archive.tar()), false));
    }
  }

  private static TarReader reader(byte[] tar) {
    return new TarReader(TocArchive.chunks(tar), Options.DEFAULT);
  }

  private static List<String> described(Entries entries, boolean withContents) throws Exception {
    List<String> all = new ArrayList<>();
    for (TarEntry entry = entries.next(); entry != null; entry = entries.next()) {
      String text = entry.described() + " " + entry.linkTarget();
      if (withContents && entry.type() == EntryType.FILE && entry.size() > 0) {
        byte[] sha256 = Sha256.digest().digest(TocArchive.content(entry, entries));
        text += HexFormat.of().formatHex(sha256);
        assertThat(entries.digest().map(d -> text(sha256).equals(d.hex())).orElse(true)).isTrue();
      }
      all.add(text);
    }
    return all;
  }

  private static String text(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--format=gnu",
        "--format=posix --sparse-version=0.0",
        "--format=posix --sparse-version=0.1",
        "--format=posix --sparse-version=1.0"
      })
  void holesAreInTheDigests(String format) throws Exception {
    Tools.require("tar");
    Shell.run(
        temp,
        "for i in 0 1 2 3 4 5 6 7; do printf %s $i | dd of=holes bs=1 seek=$((i * 70000 + 5000))"
            + " conv=notrunc 2>&1; done; truncate -s 600000 holes; truncate -s 50000 nothing;"
            + " echo last > other; tar --sparse -b1 "
            + format
            + " -cf x.tar holes nothing other");
    compare(TocArchive.of(Files.readAllBytes(temp.resolve("x.tar")), Codec.GZIP), format);
  }

  @Test
  void itSaysWhereEachContentIs() throws Exception {
    TocArchive.Made archive = TocArchive.of(RandomTar.of(new Random(seed), 200), Codec.GZIP);
    Toc toc = archive.read();
    Members members = toc.members();
    try (TocEntries entries = new TocEntries(toc, Contents.NONE, Options.DEFAULT)) {
      for (TarEntry entry = entries.next(); entry != null; entry = entries.next()) {
        byte[] digest = new byte[32];
        if (entries.digest(digest)) {
          int start = (int) entries.contentPosition();
          assertThat(Sha256.digest().digest(copy(archive.tar(), start, (int) entry.size())))
              .as("-Dstretcher.seed=" + seed)
              .isEqualTo(digest);
          assertThat(entries.contentLength()).isBetween(entry.size(), entry.size() + 511);
          int member = members.at(start);
          assertThat(members.tarOffset(member)).isLessThanOrEqualTo(start);
          assertThat(members.tarOffset(member + 1)).isGreaterThan(start);
          assertThat(inflated(archive, members, member))
              .isEqualTo(
                  copy(
                      archive.tar(),
                      (int) members.tarOffset(member),
                      (int) (members.tarOffset(member + 1) - members.tarOffset(member))));
        }
      }
    }
    assertThat(members.at(0)).isZero();
    assertThat(members.at(toc.tarLength() - 1)).isEqualTo(members.count() - 1);
  }

  private static byte[] inflated(TocArchive.Made archive, Members members, int member)
      throws IOException {
    byte[] bytes =
        copy(
            archive.bytes(),
            (int) members.offset(member),
            (int) (members.offset(member + 1) - members.offset(member)));
    try (var gzip = new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(bytes))) {
      return gzip.readAllBytes();
    }
  }

  private static byte[] copy(byte[] bytes, int start, int length) {
    return java.util.Arrays.copyOfRange(bytes, start, start + length);
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void itIsFoundFromTheEndOfTheArchive(Codec codec) throws Exception {
    // More than one member of gzip can carry.
    TocArchive.Made archive = TocArchive.of(RandomTar.of(new Random(seed), 4_000), codec);
    assertThat(archive.toc().limit()).isGreaterThan(2 * GzipExtra.MOST);
    byte[] all = archive.bytes();
    ByteBuffer end = ByteBuffer.wrap(copy(all, all.length - 60, 60));
    Footer footer = Footer.find(end, all.length).orElseThrow();
    assertThat(footer).isEqualTo(new Footer(codec, archive.offset(), archive.toc().limit()));
    ByteBuffer tail = ByteBuffer.allocateDirect((int) footer.tailLength());
    tail.put(all, (int) footer.offset(), (int) footer.tailLength()).flip();
    ByteBuffer toc = footer.toc(tail);
    Toc read = TocReader.read(toc, archive.digest(), footer.offset(), Options.DEFAULT);
    assertThat(read.codec()).isEqualTo(codec);
    assertThat(read.bytes()).isEqualTo(archive.toc());
  }

  @Test
  void anArchiveWithoutOneHasNoFooter() throws Exception {
    byte[] tar = RandomTar.of(new Random(seed), 3);
    assertThat(Footer.find(ByteBuffer.wrap(tar), tar.length)).isEmpty();
    assertThat(Footer.find(ByteBuffer.allocate(3), 3)).isEmpty();
  }

  @Test
  void theSameTarHasTheSameTableOfContents() throws Exception {
    byte[] tar = RandomTar.of(new Random(seed), 30);
    assertThat(TocArchive.of(tar, Codec.GZIP).bytes())
        .isEqualTo(TocArchive.of(tar, Codec.GZIP).bytes());
  }

  @Test
  void itTakesAtMostAHundredBytesAnEntry() throws Exception {
    int entries = 4_000;
    TocArchive.Made archive = TocArchive.of(RandomTar.of(new Random(42), entries), Codec.GZIP);
    assertThat(archive.toc().limit()).isLessThan(100 * entries);
  }
}
