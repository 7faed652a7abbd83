package dev.stretcher.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.spi.Hook.Phase;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PhaseTest {
  @Test
  void successAndFailureCommandsKnowTheResult() {
    assertThat(Arrays.stream(Phase.values()).filter(Phase::isAfterResult))
        .containsExactly(Phase.SUCCESS, Phase.FAILURE);
  }
}
