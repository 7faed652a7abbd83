package dev.stretcher.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.manifest.Digest;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NewReleaseTest {
  private static final Instant MADE = Instant.parse("2026-11-27T10:45:12.9Z");
  private static final String MANIFEST = "beef".repeat(16);

  @Test
  void aReleaseIsNamedByItsTimeAndItsArchive() {
    Optional<Digest> archive = Optional.of(Digest.parse("sha256:" + "9f3c".repeat(16)));

    assertThat(NewRelease.idOf(MADE, archive, MANIFEST)).isEqualTo("20261127T104512Z-9f3c");
    assertThat(NewRelease.idOf(MADE, Optional.empty(), MANIFEST))
        .isEqualTo("20261127T104512Z-beef");
  }

  @Test
  void theManifestIsNotTold() {
    NewRelease release =
        new NewRelease(
            "1", MADE, "http://host/m.yml", MANIFEST, Optional.empty(), "env: {PASSWORD: x}", "");

    assertThat(release.toString()).contains("http://host/m.yml").doesNotContain("PASSWORD");
  }
}
