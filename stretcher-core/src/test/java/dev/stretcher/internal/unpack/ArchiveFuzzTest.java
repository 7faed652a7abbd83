package dev.stretcher.internal.unpack;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.stretcher.internal.tar.ArchiveException;
import dev.stretcher.internal.tar.BlockInput;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Whatever an archive is, it is unpacked or refused, and nothing is written outside. Checksums of
 * headers are made right, or hardly anything would be looked at beyond them.
 */
class ArchiveFuzzTest {
  private static final int BLOCK = BlockInput.BLOCK;
  private static final int CHECKSUM = 148;
  private static final Options LIMITS =
      Options.DEFAULT.with(Settings.MAX_UNPACKED, 1 << 20).with(Settings.MAX_ENTRIES, 100);

  @FuzzTest(maxDuration = "3m")
  void anArchiveIsUnpackedOrRefused(byte[] archive) throws IOException, InterruptedException {
    Path outside = Files.createTempDirectory("fuzz");
    Path root = Files.createDirectory(outside.resolve("root"));
    try {
      unpack(archive, root);
      unpack(withChecksums(archive), root);
      try (Stream<Path> around = Files.list(outside)) {
        assertThat(around).containsExactly(root);
      }
    } finally {
      remove(outside);
    }
  }

  private static void unpack(byte[] archive, Path root) throws IOException, InterruptedException {
    ExtractOptions options = ExtractOptions.forThisUser(root).withLimits(LIMITS);
    try {
      Unpacking.extract(new ByteArrayInputStream(archive), root, options, entry -> true);
    } catch (ArchiveException e) {
      assertThat(e.getMessage()).startsWith("archive").doesNotContain("\n");
    }
  }

  private static byte[] withChecksums(byte[] archive) {
    byte[] tar = Arrays.copyOf(archive, (archive.length + BLOCK - 1) / BLOCK * BLOCK);
    for (int at = 0; at < tar.length; at += BLOCK) {
      Arrays.fill(tar, at + CHECKSUM, at + CHECKSUM + 8, (byte) ' ');
      int sum = 0;
      for (int i = at; i < at + BLOCK; i++) {
        sum += tar[i] & 0xff;
      }
      byte[] digits = String.format(Locale.ROOT, "%06o", sum).getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(digits, 0, tar, at + CHECKSUM, digits.length);
    }
    return tar;
  }

  private static void remove(Path directory) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(directory)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }
}
