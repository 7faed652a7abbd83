package dev.stretcher.sources.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class LimitedStreamTest {
  private static LimitedStream stream(int limit) {
    return new LimitedStream(new ByteArrayInputStream(new byte[] {(byte) 200, 2, 3, 4, 5}), limit);
  }

  @Test
  void endsAtItsLimitHoweverItIsRead() throws IOException {
    LimitedStream single = stream(2);
    assertThat(single.read()).isEqualTo(200);
    assertThat(single.read()).isEqualTo(2);
    assertThat(single.read()).isEqualTo(-1);

    byte[] target = new byte[5];
    LimitedStream bulk = stream(3);
    assertThat(bulk.read(target, 1, 4)).isEqualTo(3);
    assertThat(target).containsExactly(0, 200, 2, 3, 0);
    assertThat(bulk.read(target, 0, 4)).isEqualTo(-1);
    assertThat(bulk.read(target, 0, 0)).isZero();
  }

  @Test
  void endsWhereTheOtherStreamDoes() throws IOException {
    LimitedStream longer = stream(9);
    assertThat(longer.readAllBytes()).hasSize(5);
    assertThat(longer.read()).isEqualTo(-1);
  }

  @Test
  void skipsNoFurtherThanItsLimit() throws IOException {
    LimitedStream limited = stream(3);
    assertThat(limited.available()).isEqualTo(3);
    assertThat(limited.skip(2)).isEqualTo(2);
    assertThat(limited.available()).isEqualTo(1);
    assertThat(limited.skip(2)).isEqualTo(1);
    assertThat(limited.read()).isEqualTo(-1);
    assertThat(stream(9).available()).isEqualTo(5);
    assertThat(limited.markSupported()).isFalse();
  }
}
