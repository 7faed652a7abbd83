package dev.stretcher.benchmarks.data;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Text like that of an application: phrases, of which few are frequent and most are rare, with
 * single words between. gzip makes a third of it. Immutable.
 */
final class ApplicationText {
  private static final int WORDS = 40_000;
  private static final int PHRASES = 1_000;
  private static final int PHRASE_WORDS = 5;
  private static final int PHRASE_PERCENT = 70;

  private final List<String> phrases;

  /** Creates it; the phrases are always the same. */
  ApplicationText() {
    SplittableRandom random = new SplittableRandom(1);
    this.phrases = IntStream.range(0, PHRASES).mapToObj(i -> phrase(random)).toList();
  }

  private static String phrase(SplittableRandom random) {
    return IntStream.range(0, PHRASE_WORDS)
        .mapToObj(i -> word(random.nextInt(WORDS)))
        .collect(Collectors.joining(" "));
  }

  private static String word(int index) {
    return Integer.toString(index * 7919, Character.MAX_RADIX);
  }

  /** Returns so many bytes of it. */
  byte[] bytes(int length, SplittableRandom random) {
    StringBuilder text = new StringBuilder(length + 64);
    while (text.length() < length) {
      text.append(next(random)).append(' ');
    }
    return text.substring(0, length).getBytes(StandardCharsets.US_ASCII);
  }

  private String next(SplittableRandom random) {
    return random.nextInt(100) < PHRASE_PERCENT
        ? phrases.get((int) (PHRASES * Math.pow(random.nextDouble(), 3)))
        : word((int) (WORDS * Math.pow(random.nextDouble(), 2)));
  }
}
