package dev.stretcher.internal.decompress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.contract.Tools;
import dev.stretcher.internal.tar.ArchiveException;
import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.internal.unpack.Shell;
import dev.stretcher.option.Options;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may follow compressed data: zeros, other data, further streams. The oracle is GNU tar. */
@Timeout(60)
class BytesAfterTheArchiveTest {
  private static final List<String> NAMES = List.of("in/a", "in/b", "in/c", "in/d");

  /** What is put together: the archive, its halves, an empty stream, each compressed; and more. */
  private static final List<String> PARTS =
      List.of(
          "whole",
          "whole zeros",
          "whole zero",
          "whole text",
          "whole letter",
          "first second",
          "first second zeros",
          "first second text",
          "first empty second",
          "whole empty",
          "empty whole");

  @TempDir private Path temp;

  @BeforeEach
  void makeTar() {
    Tools.require("tar");
    Shell.run(
        temp,
        "mkdir in; for f in a b c d; do head -c 3000 /dev/urandom > in/$f; done;"
            + " tar -cf whole.tar in/a in/b in/c in/d; head -c 7000 whole.tar > first.tar;"
            + " tail -c +7001 whole.tar > second.tar; : > empty.tar;"
            + " head -c 3000 /dev/zero > zeros; head -c 1 /dev/zero > zero;"
            + " echo something else > text; printf B > letter");
  }

  @ParameterizedTest
  @CsvSource({
    "gzip, gzip",
    "bzip2, bzip2",
    "xz, xz",
    "zstd, zstd -q",
    "xz, xz --format=lzma",
    "compress, compress"
  })
  void whatTarReadsIsRead(String program, String command) throws Exception {
    Tools.require(program);
    Shell.run(
        temp,
        "for n in whole first second empty; do $1 -c < $n.tar > $n; done; shift;"
            + " for parts in \"$@\"; do cat $parts > \"$parts.x\";"
            + " tar -tf \"$parts.x\" && touch \"$parts.ok\"; done; true",
        Stream.concat(Stream.of(command), PARTS.stream()).toArray(String[]::new));
    List<String> refused = new ArrayList<>();
    for (String parts : PARTS) {
      boolean good = Files.exists(temp.resolve(parts + ".ok"));
      byte[] archive = Files.readAllBytes(temp.resolve(parts + ".x"));
      if (good && !(isRead(archive, "java") && isRead(archive, "auto"))) {
        refused.add(parts);
      }
    }

    assertThat(refused).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-z", "-j", "-J", "--lzma", "--zstd", "-Z"})
  void whatBsdtarPadsIsRead(String compression) throws Exception {
    Tools.require("bsdtar");
    Shell.run(temp, "bsdtar -c $1 -f - in/a in/b in/c in/d | cat > padded", compression);
    byte[] archive = Files.readAllBytes(temp.resolve("padded"));

    assertThat(archive).endsWith(0, 0, 0, 0);
    assertThat(names(archive, "java")).isEqualTo(NAMES);
  }

  @Test
  void theZerosThatEndAFrameAreNoPadding() throws Exception {
    Tools.require("zstd");
    Shell.run(
        temp,
        "cat in/a zeros zeros > data; zstd -qc --no-check data > frames;"
            + " { cat in/b; head -c 3 /dev/zero; } | zstd -qc --no-check >> frames;"
            + " cat in/b >> data; head -c 3 /dev/zero >> data; cat zeros >> frames");

    byte[] frames = Files.readAllBytes(temp.resolve("frames"));
    try (InputStream in = new ZstdInput(new ByteArrayInputStream(frames), 27)) {
      assertThat(in.readAllBytes()).isEqualTo(Files.readAllBytes(temp.resolve("data")));
    }
  }

  @Test
  void zerosInThePlaceOfTheRestOfAFrameAreDamage() throws Exception {
    Tools.require("zstd");
    Shell.run(temp, "zstd -qc whole.tar > frame");
    byte[] frame = Files.readAllBytes(temp.resolve("frame"));
    Arrays.fill(frame, frame.length / 2, frame.length, (byte) 0);

    assertThatThrownBy(() -> names(frame, "java")).isInstanceOf(ArchiveException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "letter, damaged (something else follows the end of them)",
    "text, damaged (something else follows the end of them)",
    "zero, damaged (something else follows the end of them)",
    "magic, truncated: ",
    "cut, truncated: "
  })
  void whatFollowsXzDataIsCalledWhatItIs(String follows, String said) throws Exception {
    Tools.require("xz");
    Shell.run(
        temp,
        "xz -c whole.tar > whole; head -c 100 whole > cut; head -c 4 whole > magic; cat whole $1 >"
            + " x",
        follows);

    assertThatThrownBy(() -> names(Files.readAllBytes(temp.resolve("x")), "java"))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining(said);
  }

  private static boolean isRead(byte[] archive, String choice) throws InterruptedException {
    try {
      return names(archive, choice).equals(NAMES);
    } catch (IOException e) {
      return false;
    }
  }

  /** Reads to the last byte, as an extraction does. */
  private static List<String> names(byte[] archive, String choice)
      throws IOException, InterruptedException {
    return CompressedTar.read(
        new ByteArrayInputStream(archive),
        new Decompressors(choice, Map.copyOf(System.getenv())),
        Options.DEFAULT,
        entries -> {
          List<String> names = new ArrayList<>();
          for (TarEntry entry = entries.next(); entry != null; entry = entries.next()) {
            names.add(entry.path().toString());
          }
          entries.finish();
          return names;
        });
  }
}
