package dev.stretcher.internal.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
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
    assertThat(GzipText.text(gzip(TEXT), limit(TEXT.length))).isEqualTo(TEXT);
  }

  @Test
  void longerTextIsRefusedWithTheLimit() throws IOException {
    byte[] zipped = gzip(TEXT);

    assertThatThrownBy(() -> GzipText.text(zipped, limit(TEXT.length - 1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("max-manifest");
  }

  @Test
  void damageIsNamed() throws IOException {
    byte[] zipped = gzip(TEXT);
    byte[] damaged = Arrays.copyOf(zipped, zipped.length - 5);

    assertThatThrownBy(() -> GzipText.text(damaged, limit(100)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("compressed by gzip, and damaged");
  }

  @Test
  void whatIsNoTextStaysAsItIs() throws IOException {
    byte[] noText = gzip(new byte[3]);

    assertThat(GzipText.text(noText, limit(100))).isEqualTo(noText);
  }

  private static Options limit(long most) {
    return Options.DEFAULT.with(Settings.MAX_MANIFEST, most);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(bytes);
    }
    return zipped.toByteArray();
  }
}
