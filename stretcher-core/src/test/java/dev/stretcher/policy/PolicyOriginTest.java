package dev.stretcher.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where a policy lets manifests and archives come from. */
class PolicyOriginTest {
  private static final URI OURS = URI.create("https://ours.example.com/app");
  private static final URI THEIRS = URI.create("https://user:secret@theirs.example.com/app");

  private final List<UrlPrefix> ours =
      List.of(UrlPrefix.parse("https://ours.example.com/"), UrlPrefix.parse("s3://ours/"));

  @Test
  void manifestsComeFromTheAllowedPlacesOnly() {
    Policy policy = new Policy(ours, List.of(), List.of(), Optional.empty(), List.of());

    assertThat(policy.refusesManifest(OURS)).isEmpty();
    assertThat(policy.refusesManifest(URI.create("s3://ours/app"))).isEmpty();
    assertThat(policy.refusesManifest(THEIRS))
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .startsWith("allow_manifests does not allow https://")
                    .contains("theirs.example.com/app")
                    .endsWith("but only https://ours.example.com/, s3://ours/")
                    .doesNotContain("secret"));
    assertThat(policy.refusesSource(THEIRS)).isEmpty();
  }

  @Test
  void archivesComeFromTheAllowedPlacesOnly() {
    Policy policy = new Policy(List.of(), ours, List.of(), Optional.empty(), List.of());

    assertThat(policy.refusesSource(OURS)).isEmpty();
    assertThat(policy.refusesSource(THEIRS))
        .hasValueSatisfying(text -> assertThat(text).startsWith("allow_sources does not allow "));
    assertThat(policy.refusesManifest(THEIRS)).isEmpty();
  }

  @Test
  void aPolicyIsTheSameIfItsRulesAre() {
    UrlPrefix prefix = UrlPrefix.parse("s3://ours/");
    assertThat(ours.get(1)).isEqualTo(prefix).hasSameHashCodeAs(prefix).hasToString("s3://ours/");
    assertThat(ours.get(0)).isNotEqualTo(prefix).isNotEqualTo("https://ours.example.com/");
    assertThat(ours.get(0).hashCode()).isNotEqualTo(prefix.hashCode());
  }
}
