package dev.stretcher.sync.internal.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Whatever a file of patterns has, it is read or refused, and then matched in bounded time. */
class FilterFuzzTest {
  private static final List<Path> NAMES =
      List.of(
          Path.of("a"),
          Path.of("a/b/c"),
          Path.of("log/app.pid"),
          Path.of("x".repeat(255)),
          NativeText.path(new byte[] {'a', (byte) 0xff, '[', '*'}));

  @FuzzTest(maxDuration = "3m")
  void patternsAreReadOrRefused(byte[] patterns) {
    Optional<FilterRules> rules = read(patterns);
    for (Path name : rules.isEmpty() ? List.<Path>of() : NAMES) {
      boolean excluded = rules.get().excludes(name, false);
      if (rules.get().isEmpty()) {
        assertThat(excluded).isFalse();
      }
      rules.get().excludes(name, true);
    }
  }

  private static Optional<FilterRules> read(byte[] patterns) {
    try {
      return Optional.of(FilterRules.of(patterns, List.of()));
    } catch (IOException e) {
      assertThat(e.getMessage()).isNotBlank();
      return Optional.empty();
    }
  }
}
