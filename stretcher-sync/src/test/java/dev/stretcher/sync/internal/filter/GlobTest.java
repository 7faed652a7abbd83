package dev.stretcher.sync.internal.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*a*a*a*a*a*a*a*",
        "**a**a**a**a**",
        "**a*a**a*a**",
        "**/*a**/*a*a**/",
        "?*?*?*?*?**?**?",
        "*[a-c]*[!d]*[[:alpha:]]*"
      })
  void endsSoonWhateverTheStars(String stars) {
    for (int repeats : new int[] {1, 20, 200}) {
      String pattern = stars.repeat(repeats);

      assertThat(matches(pattern + "b", "a".repeat(255))).isFalse();
      assertThat(matches(pattern + "b", "a/".repeat(2000) + "a")).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"*a*a*a*a*a*a*a*", "**a**a**a**a**", "*a**?*[a]*", "a*a", "?**?"})
  void findsAMatchAmongManyStars(String pattern) {
    assertThat(matches(pattern, "a".repeat(255))).isTrue();
  }

  private static boolean matches(String pattern, String text) {
    Glob glob = new Glob(pattern.getBytes(StandardCharsets.ISO_8859_1));
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return assertTimeoutPreemptively(LONG, () -> glob.matches(bytes, 0, bytes.length));
  }
}
