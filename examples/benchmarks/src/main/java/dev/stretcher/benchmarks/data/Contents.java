package dev.stretcher.benchmarks.data;

import java.util.SplittableRandom;

/** What synthetic files are filled with. */
@FunctionalInterface
interface Contents {
  /** Bytes that no program can compress. */
  Contents RANDOM = (buffer, random) -> random.nextBytes(buffer);

  /** Text with random bytes between, of which gzip makes somewhat more than half. */
  Contents APPLICATION = application();

  /** Fills a buffer. */
  void fill(byte[] buffer, SplittableRandom random);

  private static Contents application() {
    ApplicationText text = new ApplicationText();
    return (buffer, random) -> {
      int block = 4096;
      for (int at = 0; at < buffer.length; at += block) {
        int length = Math.min(block, buffer.length - at);
        boolean compressible = random.nextInt(100) >= 30;
        byte[] part = compressible ? text.bytes(length, random) : bytes(length, random);
        System.arraycopy(part, 0, buffer, at, length);
      }
    };
  }

  private static byte[] bytes(int length, SplittableRandom random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
