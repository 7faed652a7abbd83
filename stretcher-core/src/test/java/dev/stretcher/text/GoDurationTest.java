package dev.stretcher.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {
  @ParameterizedTest
  @CsvSource({
    "90s, PT90S",
    "1m30s, PT90S",
    "1h, PT1H",
    "1.5h, PT1H30M",
    "500ms, PT0.5S",
    "2us, PT0.000002S",
    "2\u00b5s, PT0.000002S",
    "2\u03bcs, PT0.000002S",
    "7ns, PT0.000000007S",
    "0.5ns, PT0S",
    ".5s, PT0.5S",
    "5.s, PT5S",
    "+5s, PT5S",
    "0, PT0S",
    "30, PT30S",
    "0.25, PT0.25S",
    "' 30 ', PT30S",
    "1s1h, PT1H1S",
  })
  void readsWhatGoReadsAndBareSeconds(String text, Duration expected) {
    assertThat(GoDuration.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "s", ".", ".s", "1x", "-5s", "1h 30m", "1e3", "+", "++1", "5S", "\u0661s"
      })
  void refusesWhatIsNoDuration(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GoDuration.parse(text))
        .withMessage("'%s' is not a duration; write it like 90s, 1m30s, 500ms or 90", text.strip());
  }

  @Test
  void refusesManyDigitsInAFewWords() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GoDuration.parse("9".repeat(900_000)))
        .withMessageContaining("is not a duration")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
  }

  @ParameterizedTest
  @ValueSource(strings = {"9999999h", "99999999999999999999", "9223372036.854775808"})
  void refusesMoreThanGoCanHold(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GoDuration.parse(text))
        .withMessageContaining("too long");
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0s",
    "PT0.000000001S, 1ns",
    "PT0.0000015S, 1.5\u00b5s",
    "PT0.0015S, 1.5ms",
    "PT1.25S, 1.25s",
    "PT90S, 1m30s",
    "PT1H, 1h0m0s",
    "PT26H0.1S, 26h0m0.1s",
    "PT-1.5S, -1.5s",
  })
  void printsAsGoDoes(Duration duration, String expected) {
    assertThat(GoDuration.format(duration)).isEqualTo(expected);
  }

  @Test
  void readsBackWhatItPrints() {
    long seed = Long.getLong("stretcher.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int i = 0; i < 1_000; i++) {
      Duration duration = Duration.ofNanos(random.nextLong() >>> (1 + random.nextInt(63)));
      assertThat(GoDuration.parse(GoDuration.format(duration)))
          .as("-Dstretcher.seed=%d", seed)
          .isEqualTo(duration);
    }
  }
}
