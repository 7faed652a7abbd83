package dev.stretcher.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedKeyTest {
  /** The key of minisign's own releases, from its web page. */
  private static final String MINISIGN = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";

  @Test
  void hasTheIdThatMinisignPrints() {
    assertThat(TrustedKey.parse(MINISIGN).id()).isEqualTo("E7620F1842B4E81F");
    assertThat(TrustedKey.id(new byte[] {10, 1, 0, 0, 0, 0, 0, 0})).isEqualTo("10A");
  }

  @Test
  void hasThePointAfterTheId() {
    byte[] point = TrustedKey.parse(MINISIGN).point();
    assertThat(Base64.getEncoder().encodeToString(point))
        .isEqualTo("eaVh5w7gjNPnVMY+m9a5w1IKHUIEzRBNoufvdjsYU7c=");
  }

  @Test
  void blanksAroundItDoNotMatter() {
    TrustedKey key = TrustedKey.parse("  " + MINISIGN + "\n");
    assertThat(key).hasToString(MINISIGN).isEqualTo(TrustedKey.parse(MINISIGN));
    assertThat(key).hasSameHashCodeAs(TrustedKey.parse(MINISIGN));
  }

  @Test
  void anotherKeyIsNotTheSame() {
    byte[] bytes = Base64.getDecoder().decode(MINISIGN);
    bytes[41]++;
    TrustedKey other = TrustedKey.parse(Base64.getEncoder().encodeToString(bytes));
    assertThat(other).isNotEqualTo(TrustedKey.parse(MINISIGN)).isNotEqualTo(MINISIGN);
    assertThat(other.hashCode()).isNotEqualTo(TrustedKey.parse(MINISIGN).hashCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "minisign public key",
        // One byte too few, one too many.
        "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFM=",
        "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3AA==",
        // Of another algorithm: "ed", "ED".
        "ZWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3",
        "RUQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3",
      })
  void anythingElseIsRefusedWithAWordOnWhatToCopy(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrustedKey.parse(text))
        .withMessageContaining("copy the second line of minisign.pub");
  }
}
