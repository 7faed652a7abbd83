package dev.stretcher.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Map;

/** Whatever a manifest is, it is read or refused with problems that say where they are. */
class ManifestFuzzTest {
  private static final Map<String, String> ENVIRONMENT = Map.of("NAME", "a: b", "EMPTY", "");

  @FuzzTest(maxDuration = "3m")
  void aManifestIsReadOrRefused(byte[] yaml) {
    try {
      ManifestReader.Result read = new ManifestReader(ENVIRONMENT).read(yaml);
      assertThat(new ManifestReader(ENVIRONMENT).read(yaml)).isEqualTo(read);
    } catch (ManifestException e) {
      assertThat(e.problems()).isNotEmpty();
      assertThat(e.getMessage()).doesNotContain("\n");
    }
  }
}
