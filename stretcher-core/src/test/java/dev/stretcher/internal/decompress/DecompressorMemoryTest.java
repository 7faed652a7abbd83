package dev.stretcher.internal.decompress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.contract.Tools;
import dev.stretcher.internal.tar.ArchiveException;
import dev.stretcher.internal.unpack.Shell;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives whose decompression takes much memory. */
@Timeout(60)
class DecompressorMemoryTest {
  private static final String XZ = "xz -0 --lzma2=preset=0,dict=512MiB -c";
  private static final String LZMA = "xz -0 --format=lzma --lzma1=preset=0,dict=512MiB -c";
  private static final String ZSTD = "zstd -q --long=31 -c";

  @TempDir private Path temp;

  @ParameterizedTest
  @ValueSource(
      strings = {
        ZSTD + "|java|2049 MiB|window",
        ZSTD + "|zstd|2049 MiB|window",
        XZ + "|java|513 MiB|dictionary",
        XZ + "|xz|513 MiB|dictionary",
        LZMA + "|java|513 MiB|dictionary"
      })
  void saysWhatAnArchiveNeedsAndWhatAllowsIt(String row) throws Exception {
    String[] parts = row.split("\\|");
    byte[] archive = archive(parts[0]);

    assertThatThrownBy(() -> read(archive, parts[1], Options.DEFAULT))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("takes " + parts[2] + " of memory, more than 256MiB")
        .hasMessageContaining("raise the setting max-decompressor-memory")
        .hasMessageContaining("smaller " + parts[3])
        .hasMessageNotContaining("damaged");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd -q -c|java", "zstd -q -c|zstd", "xz -0 -c|java", "xz -0 -c|xz"})
  void whatALaterPartNeedsIsNoDamageEither(String row) throws Exception {
    String[] parts = row.split("\\|");
    byte[] archive = archive(parts[0] + " in; " + (row.startsWith("z") ? ZSTD : XZ));

    assertThatThrownBy(() -> read(archive, parts[1], Options.DEFAULT))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("more than 256MiB")
        .hasMessageContaining("raise the setting max-decompressor-memory")
        .hasMessageNotContaining("damaged");
  }

  @Test
  void aDictionaryOfFourGibibytesIsNoDamage() throws Exception {
    byte[] archive = archive("xz -0 --format=lzma -c");
    ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN).putInt(1, -1);

    assertThatThrownBy(() -> read(archive, "java", Options.DEFAULT))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("takes 4096 MiB of memory, more than 256MiB");
    Options allowed = Options.DEFAULT.with(Settings.MAX_DECOMPRESSOR_MEMORY, 8L << 30);
    assertThatThrownBy(() -> read(archive, "java", allowed))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("takes 4096 MiB of memory, which the memory of the JVM");
  }

  @ParameterizedTest
  @CsvSource({"zstd, java", "zstd, zstd", "xz, java", "xz, xz"})
  void aLimitThatIsExactlyWhatItNeedsIsEnough(String compressor, String choice) throws Exception {
    boolean zstd = compressor.equals("zstd");
    byte[] archive =
        archive(zstd ? "zstd -q --long=24 -c" : "xz -0 --lzma2=preset=0,dict=16MiB -c");
    Options enough = Options.DEFAULT.with(Settings.MAX_DECOMPRESSOR_MEMORY, 17 << 20);
    Options little = Options.DEFAULT.with(Settings.MAX_DECOMPRESSOR_MEMORY, 16 << 20);

    assertThat(read(archive, choice, enough)).isEqualTo(1);
    assertThatThrownBy(() -> read(archive, choice, little))
        .hasMessageContaining("takes 17 MiB of memory, more than 16MiB");
  }

  @Test
  void aLargerDictionaryOfALaterPartIsCalledThat() throws Exception {
    assumeTrue(Runtime.getRuntime().maxMemory() < 1400L << 20);
    byte[] archive = archive("xz -0 -c in; xz -0 --lzma2=preset=0,dict=1536MiB -c");
    Options allowed = Options.DEFAULT.with(Settings.MAX_DECOMPRESSOR_MEMORY, 8L << 30);

    assertThatThrownBy(() -> read(archive, "java", allowed))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("a later part of its xz data has a larger dictionary")
        .hasMessageContaining("decompressor=xz");
  }

  @Test
  void aProgramDoesWhatTheHeapIsTooSmallFor() throws Exception {
    byte[] archive = archive("xz -0 -c");

    assertThat(new MemoryNeed(Compression.XZ, Runtime.getRuntime().maxMemory()).isMuchOfHeap())
        .isTrue();
    assertThat(MemoryNeed.of(Compression.XZ, archive).isMuchOfHeap()).isFalse();
    assertThat(heapTooSmall(Compression.XZ, "auto"))
        .hasMessageContaining("takes 65 MiB of memory, which the memory of the JVM")
        .hasMessageContaining("-Xmx")
        .hasMessageContaining("install the program xz");
    assertThat(heapTooSmall(Compression.XZ, "java")).hasMessageNotContaining("program");
    assertThat(heapTooSmall(Compression.LZMA, "auto")).hasMessageNotContaining("program");
  }

  private static ArchiveException heapTooSmall(Compression compression, String choice) {
    return new MemoryNeed(compression, 65 << 20)
        .heapTooSmall(new OutOfMemoryError(), new Decompressors(choice, Map.of()));
  }

  @Test
  void aProgramThatKeepsNoLimitIsNoSubstitute() throws Exception {
    for (String program : new String[] {"pixz", "xz"}) {
      Path file = Files.createFile(temp.resolve(program));
      assertThat(file.toFile().setExecutable(true)).isTrue();
      assertThat(
              new Decompressors("auto", Map.of("PATH", temp.toString()))
                  .instead(Compression.XZ)
                  .isPresent())
          .as(program)
          .isEqualTo(program.equals("xz"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zstd -q -c",
        "zstd -q --no-check -c",
        "zstd -q --no-check --ultra -22 -c in; zstd -q -c"
      })
  void zerosAfterTheDataAreForNoProgram(String compressor) throws Exception {
    byte[] archive = archive(compressor);
    for (int zeros : new int[] {1, 3, 4, 10_000, 100_000}) {
      byte[] padded = Arrays.copyOf(archive, archive.length + zeros);

      assertThat(read(padded, "zstd", Options.DEFAULT)).isEqualTo(1);
      padded[padded.length - 1] = 1;
      assertThatThrownBy(() -> read(padded, "zstd", Options.DEFAULT))
          .hasMessageContaining("damaged");
    }
    byte[] cut = Arrays.copyOf(archive, archive.length - 1);
    assertThatThrownBy(() -> read(cut, "zstd", Options.DEFAULT)).hasMessageContaining("damaged");
  }

  @Test
  void zerosThatAFrameEndsWithBelongToIt() throws Exception {
    // A frame of known size with one stored block, which is a tar that ends with zeros.
    byte[] tar = Arrays.copyOf(tar(), 10_240);
    ByteBuffer frame = ByteBuffer.allocate(tar.length + 50).order(ByteOrder.LITTLE_ENDIAN);
    frame.putInt(0x184D2A51).putInt(3).put(new byte[3]);
    frame.putInt(0xFD2FB528).put((byte) 0xA0).putInt(tar.length);
    frame.put((byte) (tar.length << 3 | 1)).putShort((short) (tar.length >> 5)).put(tar);

    assertThat(read(frame.array(), "java", Options.DEFAULT)).isEqualTo(1);
    assertThat(read(frame.array(), "zstd", Options.DEFAULT)).isEqualTo(1);
  }

  private byte[] tar() throws IOException {
    archive("zstd -q -c");
    return Files.readAllBytes(temp.resolve("tar"));
  }

  private byte[] archive(String compressor) throws IOException {
    Tools.require("tar");
    Tools.require(compressor.substring(0, compressor.indexOf(' ')));
    Shell.run(
        temp,
        "echo a > a; tar -cf tar a; head -c 2000 tar > one; tail -c +2001 tar > two;"
            + " case \"$1\" in *' in; '*) a=${1%% in; *}; b=${1#* in; };"
            + " { $a < one; $b < two; } > made;; *) $1 < tar > made;; esac",
        compressor);
    return Files.readAllBytes(temp.resolve("made"));
  }

  private static int read(byte[] archive, String choice, Options limits)
      throws IOException, InterruptedException {
    return CompressedTar.read(
        new ByteArrayInputStream(archive),
        new Decompressors(choice, Map.copyOf(System.getenv())),
        limits,
        entries -> {
          int count = 0;
          while (entries.next() != null) {
            count++;
          }
          entries.finish();
          return count;
        });
  }
}
