package dev.stretcher.sync.internal.reuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparseCopyTest {
  private static final int LARGE = 3 << 20;

  @TempDir private Path directory;

  private Path file(int size, int... bytes) throws IOException {
    Path file = directory.resolve("file");
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      for (int at : bytes) {
        channel.write(ByteBuffer.wrap(new byte[] {1}), at);
      }
      if (size > 0) {
        channel.write(ByteBuffer.wrap(new byte[] {2}), size - 1);
      }
    }
    return file;
  }

  private boolean copy(Path file, Path to, long size) throws IOException {
    try (FileChannel in = FileChannel.open(file);
        FileChannel out =
            FileChannel.open(to, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      return SparseCopy.copy(in, out, size);
    }
  }

  private static long blocks(Path file) throws Exception {
    Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
    return Long.parseLong(
        new String(stat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip());
  }

  @Test
  void aCopyHasTheSameBytesAndTheHolesOfALargeFile() throws Exception {
    for (int each : List.of(0, 1, 70_000, LARGE, LARGE + 1, LARGE + 70_000)) {
      Path file = file(each, each / 2, each / 3);
      Path copy = directory.resolve("copy-" + each);

      assertThat(copy(file, copy, Files.size(file))).isTrue();

      assertThat(copy).hasSameBinaryContentAs(file);
      if (each >= LARGE) {
        assertThat(blocks(copy)).isLessThan(4 * 64 * 2 + 16);
      }
    }
  }

  @Test
  void aFileThatBecameShorterIsNotedAsSuch() throws Exception {
    for (int each : List.of(10, LARGE)) {
      Path file = file(each);

      assertThat(copy(file, directory.resolve("copy-" + each), each + 1L)).isFalse();
    }
  }
}
