package dev.stretcher.internal.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.junit.jupiter.api.Test;

/** Compared with the RFC and with Bouncy Castle. */
class Blake2bTest {
  private static final int LONGEST = 600;

  @Test
  void isThatOfTheRfc() {
    assertThat(HexFormat.of().formatHex(Blake2b.of(64, "abc".getBytes(UTF_8))))
        .isEqualTo(
            "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
                + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923");
  }

  @Test
  void isThatOfBouncyCastleAtEachLengthAroundTheEndOfABlockAndEachSize() {
    long seed = Long.getLong("stretcher.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int length = 0; length <= LONGEST; length++) {
      byte[] content = new byte[length];
      random.nextBytes(content);
      int size = 1 + length % 64;

      assertThat(Blake2b.of(size, content))
          .as("-Dstretcher.seed=%s, %s bytes of %s", seed, size, length)
          .isEqualTo(bouncyCastle(size, content));
    }
  }

  private static byte[] bouncyCastle(int size, byte[] content) {
    Blake2bDigest digest = new Blake2bDigest(size * Byte.SIZE);
    digest.update(content, 0, content.length);
    byte[] hash = new byte[size];
    digest.doFinal(hash, 0);
    return hash;
  }
}
