package dev.stretcher.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void theMedianOfAnOddNumberIsTheOneInTheMiddle() {
    assertThat(Times.of(9, 1, 3).median()).isEqualTo(3e6);
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfThoseInTheMiddle() {
    assertThat(Times.of(9, 1, 4, 3).median()).isEqualTo(3.5e6);
  }

  @Test
  void theMinimumAndTheMaximumAreThoseOfTheTimes() {
    assertThat(Times.of(9, 1, 3).min()).isEqualTo(1e6);
    assertThat(Times.of(9, 1, 3).max()).isEqualTo(9e6);
  }

  @Test
  void thePeakIsTheLargestThatWasMeasured() {
    Sample sample = new Sample(1, OptionalLong.empty());

    assertThat(new Samples(List.of(sample.withPeak(7), sample, sample.withPeak(9))).peakKilobytes())
        .hasValue(9);
    assertThat(new Samples(List.of(sample)).peakKilobytes()).isEmpty();
  }

  @Test
  void nothingHasNoMedian() {
    assertThatThrownBy(() -> new Samples(List.of())).hasMessage("nothing was measured");
  }
}
