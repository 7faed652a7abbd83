package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.manifest.Digest;
import dev.stretcher.policy.Policy;
import dev.stretcher.policy.UrlPrefix;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException.BadManifest;
import dev.stretcher.report.StretcherException.Forbidden;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;

/** What an operator does not allow is not deployed, and no command of it runs. */
class ManifestPolicyTest extends StretcherFixture {
  private Policy policy = Policy.OPEN;

  @Override
  Stretcher.Builder stretcher() {
    return super.stretcher().policy(policy);
  }

  private void assertForbidden(URI manifest, String... said) {
    assertThatThrownBy(() -> deploy(manifest))
        .isInstanceOf(Forbidden.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(said));
    assertThat(events).noneMatch(DeployEvent.HookStarted.class::isInstance);
    assertThat(events).anyMatch(DeployEvent.NotStarted.class::isInstance);
    assertThat(directory).isEmptyDirectory();
  }

  private void deploy(URI manifest) throws Exception {
    try (Stretcher stretcher = stretcher().build()) {
      stretcher.deploy(manifest);
    }
  }

  private static Policy manifests(String prefix) {
    return new Policy(
        List.of(UrlPrefix.parse(prefix)), List.of(), List.of(), Optional.empty(), List.of());
  }

  @Test
  void aManifestFromElsewhereIsNotEvenFetched() {
    policy = manifests("mem:/apps/");
    assertForbidden(MANIFEST, "allow_manifests", "mem:/app.yml", "mem:/apps/");
    assertThat(events).noneMatch(DeployEvent.LoadingUrl.class::isInstance);
  }

  @Test
  void aManifestFromTheRightPlaceIsDeployed() throws Exception {
    putApp("");
    policy = manifests("mem:/");
    deploy(MANIFEST);
  }

  @Test
  void anArchiveFromElsewhereIsRefused() {
    putApp("commands: {pre: [echo], failure: [echo]}");
    policy =
        new Policy(
            List.of(),
            List.of(UrlPrefix.parse("mem:/archives/")),
            List.of(),
            Optional.empty(),
            List.of());
    assertForbidden(MANIFEST, "allow_sources", "mem:/app.tar");
  }

  @Test
  void aDestElsewhereIsRefused() {
    putApp(directory.resolve("opt/app/../../etc"), "commands: {failure: [echo]}");
    policy =
        new Policy(
            List.of(), List.of(), List.of(directory.resolve("opt")), Optional.empty(), List.of());
    assertForbidden(MANIFEST, "allow_dest", directory.resolve("etc").toString());
  }

  @Test
  void aDestWhosePathDoesNotTellWhereItLeadsIsRefused() throws Exception {
    Path gone = Files.createDirectory(directory.resolve("gone"));
    Process there =
        new ProcessBuilder("sh", "-c", "rmdir ../gone && echo && read line")
            .directory(gone.toFile())
            .start();
    try {
      assertThat(there.getInputStream().read()).isEqualTo('\n');
      Path link = Path.of("/proc/" + there.pid() + "/cwd");
      assumeTrue(Files.isDirectory(link), "this system has no such links");
      putApp(link.resolve("app"), "commands: {pre: [echo]}");
      assertForbidden(
          MANIFEST, link + "/app leads to another directory", "as this process sees it");
    } finally {
      there.destroy();
    }
  }

  @Test
  void allThatIsNotAllowedIsSaidAtOnce() {
    putApp("commands: {failure: [echo]}");
    policy =
        new Policy(
            List.of(),
            List.of(UrlPrefix.parse("mem:/archives/")),
            List.of(directory.resolve("opt")),
            Optional.of(Digest.Algorithm.SHA512),
            List.of());
    assertForbidden(MANIFEST, "allow_sources", "require_checksum", "allow_dest");
  }

  @Test
  void aDestThatCommandsTurnIntoALinkElsewhereIsRefusedBeforeItIsWrittenTo() throws Exception {
    Path opt = Files.createDirectory(directory.resolve("opt"));
    Path etc = Files.createDirectory(directory.resolve("etc"));
    putApp(opt.resolve("app"), "commands: {pre: ['ln -s %s %s/app']}".formatted(etc, opt));
    policy = new Policy(List.of(), List.of(), List.of(opt), Optional.empty(), List.of());

    assertThatThrownBy(() -> deploy(MANIFEST))
        .isInstanceOf(Forbidden.class)
        .hasMessageContaining("allow_dest")
        .hasMessageContaining(etc.toString());
    assertThat(etc).isEmptyDirectory();
  }

  @Test
  void aUrlMayNameTheManifestThatItMeans() throws Exception {
    putApp("");
    String digest = DigestUtils.sha256Hex(memory.get("/app.yml"));

    deploy(URI.create(MANIFEST + "#sha256=" + digest));

    assertThat(events).contains(new DeployEvent.ManifestVerified("sha256:" + digest));
  }

  @Test
  void aManifestThatTheServerCompressesIsReadAndVerifiedAsItsText() throws Exception {
    putApp("");
    byte[] text = memory.get("/app.yml");
    memory.put("/app.yml", gzip(text));
    String digest = DigestUtils.sha256Hex(text);

    deploy(URI.create(MANIFEST + "#sha256=" + digest));

    assertThat(events).contains(new DeployEvent.ManifestVerified("sha256:" + digest));
    assertThat(directory.resolve("app/hello")).hasContent("hello");
  }

  @Test
  void aCompressedArchiveInItsPlaceIsToldFromAManifest() throws Exception {
    putApp("");
    memory.put("/app.yml", gzip(new byte[10_240]));

    assertThatThrownBy(() -> deploy(MANIFEST))
        .hasMessageContaining("is not a manifest: it is not UTF-8")
        .hasMessageContaining("Or is this the archive's URL?");
  }

  @Test
  void anotherCompressionIsNamed() throws Exception {
    putApp("");
    byte[] text = memory.get("/app.yml");
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflate = new DeflaterOutputStream(deflated)) {
      deflate.write(text);
    }

    memory.put("/app.yml", gzip(gzip(text)));
    assertThatThrownBy(() -> deploy(MANIFEST))
        .hasMessageContaining("compressed by gzip; let the server");
    memory.put("/app.yml", deflated.toByteArray());
    assertThatThrownBy(() -> deploy(MANIFEST)).hasMessageContaining("compressed by deflate; let");
    memory.put("/app.yml", new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 0, 0});
    assertThatThrownBy(() -> deploy(MANIFEST)).hasMessageContaining("compressed by zstd; let");
    memory.put("/app.yml", new byte[] {0x1b, (byte) 0xff, 0x2f, (byte) 0xfd, 0, 0, 0});
    assertThatThrownBy(() -> deploy(MANIFEST)).hasMessageContaining("such as by br");
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(bytes);
    }
    return zipped.toByteArray();
  }

  @Test
  void anotherManifestThanTheOneThatItsUrlNamesIsRefused() {
    putApp("commands: {failure: [echo]}");
    String digest = "0".repeat(64);
    assertForbidden(URI.create(MANIFEST + "#sha256=" + digest), "expected sha256 " + digest);
  }

  @Test
  void aPinThatWasMistypedIsNotPassedOver() {
    putApp("");
    for (String pin : List.of("sha256=abc", "sha265=" + "0".repeat(64), "x")) {
      assertThatThrownBy(() -> deploy(URI.create(MANIFEST + "#" + pin)))
          .isInstanceOf(BadManifest.class)
          .hasMessageContaining("#sha256=");
    }
  }
}
