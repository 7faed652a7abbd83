package dev.stretcher.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** What synthetic files are filled with. */
@FunctionalInterface
interface Contents {
  /** Bytes that no program can compress. */
  Contents RANDOM = (buffer, random) -> random.nextBytes(buffer);

  /** Text with random bytes between, of which gzip makes somewhat more than half. */
  Contents APPLICATION = Contents::application;

  /** Fills a buffer. */
  void fill(byte[] buffer, SplittableRandom random);

  private static void application(byte[] buffer, SplittableRandom random) {
    int block = 4096;
    for (int at = 0; at < buffer.length; at += block) {
      int length = Math.min(block, buffer.length - at);
      byte[] part = random.nextInt(100) < 17 ? bytes(length, random) : text(length, random);
      System.arraycopy(part, 0, buffer, at, length);
    }
  }

  private static byte[] bytes(int length, SplittableRandom random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] text(int length, SplittableRandom random) {
    StringBuilder text = new StringBuilder(length + 16);
    while (text.length() < length) {
      text.append(Integer.toString(random.nextInt(40_000) * 7919, 36)).append(' ');
    }
    return text.substring(0, length).getBytes(StandardCharsets.US_ASCII);
  }
}
