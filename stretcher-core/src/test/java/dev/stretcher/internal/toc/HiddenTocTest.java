package dev.stretcher.internal.toc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import dev.stretcher.internal.decompress.CompressedTar;
import dev.stretcher.internal.decompress.Decompressors;
import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.internal.unpack.Shell;
import dev.stretcher.option.Options;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Readers of archives do not see the table of contents. */
class HiddenTocTest {
  private static final byte[] TAR = tar();
  private static final Map<Codec, byte[]> ARCHIVES = new ConcurrentHashMap<>();

  @TempDir Path temp;

  private static byte[] tar() {
    try {
      return RandomTar.of(new Random(42), 2_500);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GZIP, gzip",
    "GZIP, pigz",
    "GZIP, igzip",
    "GZIP, busybox gzip",
    "ZSTD, zstd",
  })
  void programsDecompressTheTarAlone(Codec codec, String program) throws Exception {
    Tools.require("tar");
    Path archive = write(codec);
    if (!Tools.isThere(program.split(" ")[0])) {
      // Not every system has them all; gzip and zstd are required.
      Tools.require(codec == Codec.GZIP ? "gzip" : "zstd");
      return;
    }
    Files.write(temp.resolve("tar"), TAR);
    Shell.run(
        temp,
        program + " -t < $1 && " + program + " -dc < $1 > out && cmp out tar",
        archive.toString());
  }

  @ParameterizedTest
  @CsvSource({"GZIP, gzip", "ZSTD, zstd"})
  void gnuTarUnpacksTheTreeAndNothingMore(Codec codec, String program) throws Exception {
    Tools.require("tar");
    Tools.require(program);
    Path archive = write(codec);
    Files.write(temp.resolve("tar"), TAR);
    Shell.run(
        temp,
        "mkdir a b && tar -C a -xpf tar && tar -C b -xpf $1 2> said && test ! -s said"
            + " && tar -C a -df $1 && diff -r --no-dereference a b",
        archive.toString());
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void commonsCompressDecompressesTheTarAlone(Codec codec) throws Exception {
    byte[] archive = archive(codec);
    String name = codec == Codec.GZIP ? CompressorStreamFactory.GZIP : "zstd";
    try (InputStream in =
        new CompressorStreamFactory(true)
            .createCompressorInputStream(name, new ByteArrayInputStream(archive))) {
      assertThat(in.readAllBytes()).isEqualTo(TAR);
    }
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void weReadTheWholeArchiveAsAnyOther(Codec codec) throws Exception {
    for (String decompressor : List.of("java", "auto")) {
      byte[] archive = archive(codec);
      List<String> names = new ArrayList<>();
      CompressedTar.read(
          new ByteArrayInputStream(archive),
          new Decompressors(decompressor, Map.of("PATH", "/usr/bin:/bin")),
          Options.DEFAULT,
          entries -> {
            for (TarEntry entry = entries.next(); entry != null; entry = entries.next()) {
              names.add(entry.text());
            }
            entries.finish();
            return names;
          });
      assertThat(names).hasSize(2_500);
    }
  }

  @Test
  void theFooterOfGzipIsFiftyBytesAndThatOfZstdThirtyTwo() throws Exception {
    assertThat(Codec.GZIP.footerLength()).isEqualTo(50);
    assertThat(Codec.ZSTD.footerLength()).isEqualTo(32);
  }

  private static byte[] archive(Codec codec) {
    return ARCHIVES.computeIfAbsent(codec, HiddenTocTest::made);
  }

  private static byte[] made(Codec codec) {
    try {
      return TocArchive.of(TAR, codec).bytes();
    } catch (java.io.IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path write(Codec codec) throws Exception {
    return Files.write(
        temp.resolve(codec == Codec.GZIP ? "x.tar.gz" : "x.tar.zst"), archive(codec));
  }
}
