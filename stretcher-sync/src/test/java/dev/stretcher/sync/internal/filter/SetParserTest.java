package dev.stretcher.sync.internal.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sets in patterns match as rsync's do. */
class SetParserTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        // set, what it matches, what it does not
        "[abc] abc ]d[",
        "[a-c] abc d-",
        "[]a] ]a [b",
        "[!]a] b[ ]a",
        "[^a] b a",
        "[a-] a- b",
        "[-a] a- b",
        "[!-a] b a-",
        "[a\\]b] a]b \\c",
        "[\\!a] !a \\b",
        "[a-\\c] abc \\d",
        "[+--] +,- .",
        "[a-c-e] abc-e d",
        "[c-a] c ab",
        "[[x] [x ]y:",
        "[[:digit:]a] 09a :d",
        "[[:digit:]-z] 5-z ay",
        "[[:alpha]b] none :",
        "[x[:digit:]] x5 :d",
        "[!/a] b /a",
      })
  void matches(String set, String matched, String others) {
    Glob glob = glob(set);
    if (!matched.equals("none")) {
      assertThat(matched.chars()).allMatch(each -> matches(glob, each));
    }
    assertThat(others.chars()).noneMatch(each -> matches(glob, each));
  }

  @ParameterizedTest
  @CsvSource({
    "[",
    "[a",
    "[a-",
    "[!",
    "[]",
    "[!]",
    "[a\\",
    "[a-\\",
    "[[:digit:",
    "[[:digit:]",
    "[[:"
  })
  void aSetWithoutAnEndMatchesNothing(String set) {
    Glob glob = glob(set);
    for (int each = 0; each < 256; each++) {
      assertThat(matches(glob, each)).as("%s, byte %d", set, each).isFalse();
    }
  }

  private static Glob glob(String pattern) {
    return new Glob(pattern.getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean matches(Glob glob, int each) {
    return glob.matches(new byte[] {(byte) each}, 0, 1);
  }
}
