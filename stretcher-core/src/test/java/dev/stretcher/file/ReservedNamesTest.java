package dev.stretcher.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReservedNamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        ".stretcher-0123456789abcdef.lock",
        ".stretcher-0123456789abcdef.wait-1",
        ".stretcher-0123456789abcdef-1",
        ".stretcher-0123456789abcdef-\n",
        ".stretcher-0123456789abcdef.of-a-later-version",
      })
  void whatKeepsADeployAliveIsReserved(String name) {
    assertThat(ReservedNames.isReserved(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".stretcher-",
        ".stretcher-cache",
        ".stretcher-0123456789abcdef",
        ".stretcher-0123456789abcdef1.lock",
        ".stretcher-0123456789abcdeF.lock",
        ".stretcher-12345678-9abc-def0-1234-567812345678",
        "stretcher-0123456789abcdef.lock",
        "x.stretcher-0123456789abcdef.lock",
      })
  void anyOtherNameIsFree(String name) {
    assertThat(ReservedNames.isReserved(name)).isFalse();
  }
}
