package dev.stretcher.internal.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.report.StretcherException.BadArchive;
import dev.stretcher.report.StretcherException.Failure;
import org.junit.jupiter.api.Test;

class RefusalTest {
  private final BadArchive reason = new BadArchive(null, Failure.of("no archive"));
  private final Refusal refusal = new Refusal(10);

  @Test
  void nothingIsRefusedWithoutAReason() {
    assertThatCode(() -> refusal.requireWanted(1000)).doesNotThrowAnyException();
    assertThat(refusal.reason()).isEmpty();
  }

  @Test
  void withAReasonTheRestIsRefusedOnceItIsLong() {
    refusal.because(reason);

    assertThatCode(() -> refusal.requireWanted(9)).doesNotThrowAnyException();
    assertThatThrownBy(() -> refusal.requireWanted(10)).hasCause(reason);
    assertThat(refusal.reason()).contains(reason);
  }
}
