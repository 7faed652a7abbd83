package dev.stretcher.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootTimeTest {
  private static final String HERE = "ab".repeat(16);

  private static BootTime time(String boot, long tick, long nanos) {
    return new BootTime(boot, Duration.ofMillis(10 * tick), nanos);
  }

  @Test
  void theLaterOneOfABootIsAfterTheOther() {
    assertThat(time(HERE, 2, 1).isAfter(time(HERE, 1, 9))).isTrue();
    assertThat(time(HERE, 1, 9).isAfter(time(HERE, 2, 1))).isFalse();
    assertThat(time(HERE, 1, 2).isAfter(time(HERE, 1, 1))).isTrue();
    assertThat(time(HERE, 1, 1).isAfter(time(HERE, 1, 2))).isFalse();
    assertThat(time(HERE, 1, 1).isAfter(time(HERE, 1, 1))).isFalse();
  }

  @Test
  void noneOfAnotherBootIsAfterOrBefore() {
    BootTime other = time("cd".repeat(16), 1, 1);
    assertThat(time(HERE, 2, 2).isAfter(other)).isFalse();
    assertThat(other.isAfter(time(HERE, 2, 2))).isFalse();
    assertThat(other.isOfBootOf(time(HERE, 2, 2))).isFalse();
    assertThat(time(HERE, 1, 1).isOfBootOf(time(HERE, 2, 2))).isTrue();
  }

  @Test
  void isReadAsItWasWritten() {
    BootTime time = time(HERE, 68_773, -7);
    assertThat(time.text()).isEqualTo(HERE + ".687730.-7");
    assertThat(BootTime.parse(time.text())).contains(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abababababababababababababababab.1",
        "abababababababababababababababa.1.1",
        "abababababababababababababababab.-1.1",
        "abababababababababababababababab.1.1.1",
        "abababababababababababababababab.1.9999999999999999999"
      })
  void anythingElseIsNone(String text) {
    assertThat(BootTime.parse(text)).isEmpty();
  }
}
