package dev.stretcher.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.manifest.Digest;
import dev.stretcher.manifest.Digest.Algorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyTest {
  private static Policy dests(Path... dests) {
    return new Policy(List.of(), List.of(), List.of(dests), Optional.empty(), List.of());
  }

  @Test
  void allowsADestAndWhatIsBelowIt(@TempDir Path directory) {
    Policy policy = dests(directory.resolve("apps"));
    assertThat(policy.refusesDest(directory.resolve("apps"))).isEmpty();
    assertThat(policy.refusesDest(directory.resolve("apps/one"))).isEmpty();
    assertThat(policy.refusesDest(directory.resolve("apps-evil")))
        .hasValueSatisfying(
            text -> assertThat(text).contains("allow_dest", "apps-evil", "only " + directory));
    assertThat(policy.refusesDest(directory)).isPresent();
  }

  @Test
  void followsTheSymbolicLinksAboveADest(@TempDir Path directory) throws IOException {
    Path apps = Files.createDirectory(directory.resolve("apps"));
    Path etc = Files.createDirectory(directory.resolve("etc"));
    Files.createSymbolicLink(apps.resolve("link"), etc);
    assertThat(dests(apps).refusesDest(apps.resolve("link/new")))
        .hasValueSatisfying(text -> assertThat(text).contains(etc.resolve("new").toString()));
    assertThat(dests(apps).refusesDest(apps.resolve("link"))).isPresent();
  }

  @Test
  void anAllowedDirectoryMayBeASymbolicLinkItself(@TempDir Path directory) throws IOException {
    Path data = Files.createDirectory(directory.resolve("data"));
    Path apps = Files.createSymbolicLink(directory.resolve("apps"), data);
    assertThat(dests(apps).refusesDest(apps.resolve("one"))).isEmpty();
  }

  @Test
  void asksForAStrongDigest() {
    Policy policy =
        new Policy(List.of(), List.of(), List.of(), Optional.of(Algorithm.SHA256), List.of());
    Digest sha1 = Digest.parse("a".repeat(40));
    assertThat(policy.refusesChecksum(Optional.of(sha1)))
        .hasValueSatisfying(
            text -> assertThat(text).contains("require_checksum", "sha256", "only sha1"));
    assertThat(policy.refusesChecksum(Optional.empty())).isPresent();
    assertThat(policy.refusesChecksum(Optional.of(Digest.parse("a".repeat(64))))).isEmpty();
    assertThat(policy.refusesChecksum(Optional.of(Digest.parse("a".repeat(128))))).isEmpty();
    assertThat(Policy.OPEN.refusesChecksum(Optional.empty())).isEmpty();
  }

  @Test
  void aTableOfContentsIsAsStrongAsItsDigest() {
    Optional<Digest> toc = Optional.of(Digest.parse("sha256:" + "a".repeat(64)));

    assertThat(withChecksum(Digest.Algorithm.SHA512).refusesToc(toc))
        .get()
        .asString()
        .contains("sha512 or stronger", "sha256", "leave toc out");
    assertThat(withChecksum(Digest.Algorithm.SHA512).refusesToc(Optional.empty())).isEmpty();
    assertThat(withChecksum(Digest.Algorithm.SHA256).refusesToc(toc)).isEmpty();
    assertThat(Policy.OPEN.refusesToc(toc)).isEmpty();
  }

  private static Policy withChecksum(Digest.Algorithm weakest) {
    return new Policy(List.of(), List.of(), List.of(), Optional.of(weakest), List.of());
  }
}
