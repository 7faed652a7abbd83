package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.contract.Minisign;
import dev.stretcher.policy.Policy;
import dev.stretcher.policy.TrustedKey;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException.Forbidden;
import dev.stretcher.report.StretcherException.VerificationFailed;
import dev.stretcher.spi.ContentFilter;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.spi.Syncer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests that must be signed, by the real minisign. */
class SignedManifestTest extends StretcherFixture {
  @TempDir Path keys;

  private Minisign minisign;

  @BeforeEach
  void makeKeys() throws Exception {
    minisign = Minisign.in(keys);
    putApp("commands: {pre: [echo], failure: [echo]}");
  }

  private void sign() throws Exception {
    Path file = Files.write(keys.resolve("app.yml"), memory.get("/app.yml"));
    memory.put("/app.yml.minisig", Files.readAllBytes(minisign.sign(file)));
  }

  private void deploy(String key, URI manifest) throws Exception {
    try (Stretcher stretcher = stretcher().policy(signedBy(key)).build()) {
      stretcher.deploy(manifest);
    }
  }

  private static Policy signedBy(String key) {
    return new Policy(
        List.of(), List.of(), List.of(), Optional.empty(), List.of(TrustedKey.parse(key)));
  }

  @Test
  void anArchiveThatNobodyHasVouchedForIsNotUnpacked() throws Exception {
    sign();
    byte[] other = memory.get("/app.tar").clone();
    other[512] ^= 1;
    memory.put("/app.tar", other);
    List<String> asked = new CopyOnWriteArrayList<>();
    Syncer syncer =
        new RenameSyncer() {
          @Override
          public ContentFilter needed(SyncTarget target) {
            return entry -> asked.add(entry.path().toString());
          }
        };
    Stretcher.Builder builder = Stretcher.builder().source(memory).syncer(syncer);
    builder.options(options()).policy(signedBy(minisign.publicKey()));

    try (Stretcher stretcher = builder.build()) {
      assertThatThrownBy(() -> stretcher.deploy(MANIFEST)).isInstanceOf(VerificationFailed.class);
    }

    assertThat(asked).isEmpty();
  }

  private void assertForbidden(String... said) {
    assertThatThrownBy(() -> deploy(minisign.publicKey(), MANIFEST))
        .isInstanceOf(Forbidden.class)
        .satisfies(e -> assertThat(e.getMessage()).contains("require_signature").contains(said));
    assertThat(events).noneMatch(DeployEvent.HookStarted.class::isInstance);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aSignedOneIsDeployed() throws Exception {
    sign();
    deploy(minisign.publicKey(), URI.create(MANIFEST + "?version=1"));
    assertThat(directory.resolve("app/hello")).hasContent("hello");
    assertThat(events)
        .contains(
            new DeployEvent.ManifestVerified(
                "signed by " + TrustedKey.parse(minisign.publicKey()).id()));
  }

  @Test
  void oneWithoutASignatureIsRefused() {
    assertForbidden(
        "there is no signature mem:/app.yml.minisig;"
            + " sign by minisign -S -m FILE, and put FILE.minisig there");
  }

  @Test
  void aSignatureThatCannotBeFetchedNeedsNoSigning() {
    memory.deny("/app.yml.minisig");

    assertThatThrownBy(() -> deploy(minisign.publicKey(), MANIFEST))
        .isInstanceOf(Forbidden.class)
        .hasMessageContaining("the signature cannot be had: cannot fetch mem:/app.yml.minisig: ")
        .hasMessageNotContaining("sign by");
  }

  @Test
  void oneThatWasChangedIsRefused() throws Exception {
    sign();
    byte[] yaml = memory.get("/app.yml");
    yaml[yaml.length - 1] = ' ';
    memory.put("/app.yml", yaml);
    assertForbidden("was changed");
  }

  @Test
  void oneThatSomeoneElseSignedIsRefused() throws Exception {
    sign();
    minisign = Minisign.in(Files.createDirectory(keys.resolve("other")));
    assertForbidden("which is not in the list");
  }

  @Test
  void aPageOfTheServerIsNoSignature() {
    for (String page : List.of("<html>", "x".repeat(20_000))) {
      memory.put("/app.yml.minisig", page);
      assertForbidden("is not a signature of minisign");
    }
  }
}
