package dev.stretcher.internal.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class GzipTextTest {
  private static final byte[] TEXT = "src: x".getBytes(StandardCharsets.US_ASCII);

  @Test
  void onlyWhatBeginsAsGzipIsUnpacked() throws IOException {
    assertThat(GzipText.is(gzip(TEXT))).isTrue();
    assertThat(GzipText.is(TEXT)).isFalse();
    assertThat(GzipText.is(new byte[] {0x1f})).isFalse();
  }

  @Test
  void textUpToTheLimitIsUnpacked() throws IOException {
    assertThat(GzipText.text(gzip(TEXT), TEXT.length)).isEqualTo(TEXT);
  }

  @Test
  void whatIsLongerOrDamagedOrNoTextStaysAsItIs() throws IOException {
    byte[] zipped = gzip(TEXT);
    byte[] damaged = Arrays.copyOf(zipped, zipped.length - 5);
    byte[] noText = gzip(new byte[3]);

    assertThat(GzipText.text(zipped, TEXT.length - 1)).isEqualTo(zipped);
    assertThat(GzipText.text(damaged, 100)).isEqualTo(damaged);
    assertThat(GzipText.text(noText, 100)).isEqualTo(noText);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(bytes);
    }
    return zipped.toByteArray();
  }
}
