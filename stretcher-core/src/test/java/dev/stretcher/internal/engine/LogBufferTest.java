package dev.stretcher.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LogBufferTest {
  private final LogBuffer buffer = new LogBuffer(2000);

  @Test
  void keepsAShortLogAsItIs() throws IOException {
    buffer.add("one");
    buffer.add("zwei \u00e4");

    assertThat(text()).isEqualTo("one\nzwei \u00e4\n");
  }

  @Test
  void isReadInPiecesOfManyLines() throws IOException {
    LogBuffer buffer = new LogBuffer(100_000);
    for (int i = 0; i < 1000; i++) {
      buffer.add("12345678");
    }

    InputStream log = buffer.read();
    assertThat(log.read(new byte[100], 0, 10)).isEqualTo(10);
    assertThat(log.read(new byte[1 << 16])).isEqualTo(8990);
    assertThat(log.read(new byte[1])).isEqualTo(-1);
  }

  @Test
  void keepsTheFirstAndTheLastLinesOfALongOneAndSaysHowManyAreMissing() throws IOException {
    for (int i = 0; i < 1000; i++) {
      buffer.add("line " + i);
    }

    assertThat(text())
        .startsWith("line 0\nline 1\n")
        .containsPattern("\\.\\.\\. \\d{3} lines are left out here")
        .endsWith("line 998\nline 999\n")
        .hasSizeLessThan(2000);
  }

  private String text() throws IOException {
    return new String(buffer.read().readAllBytes(), StandardCharsets.UTF_8);
  }
}
