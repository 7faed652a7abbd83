package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stretcher.ledger.Ledger;
import dev.stretcher.ledger.LedgerRecord;
import dev.stretcher.manifest.CommandList;
import dev.stretcher.manifest.Commands;
import dev.stretcher.manifest.Digest;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.manifest.ManifestWriter;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.policy.Policy;
import dev.stretcher.policy.TrustedKey;
import dev.stretcher.policy.UrlPrefix;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException.BadManifest;
import dev.stretcher.report.StretcherException.Forbidden;
import dev.stretcher.text.NativeText;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;

/** A manifest that a program has made is deployed like one that was fetched. */
class MadeManifestTest extends StretcherFixture {
  private Manifest app() {
    putApp("");
    return Manifest.of(archive(), Manifest.Target.of(directory.resolve("app")));
  }

  private Manifest.Archive archive() {
    try {
      return Manifest.Archive.of(URI.create("mem:/app.tar"))
          .withChecksum(
              Digest.parse(
                  DigestUtils.sha256Hex(
                      memory
                          .open(
                              URI.create("mem:/app.tar"),
                              dev.stretcher.spi.FetchRequest.all("test"))
                          .body()
                          .readAllBytes())));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void itIsDeployedWithItsHooksAndRecorded() throws Exception {
    Manifest manifest =
        app().withCommands(Commands.NONE.withPost("echo {{ $A }}")).withEnv(Map.of("A", "{{"));
    List<String> ran = new ArrayList<>();
    Ledger ledger = Ledger.in(directory.resolve("ledger"));

    Deployment deployment =
        stretcher()
            .ledger(ledger)
            .hookRunner(
                hook -> {
                  ran.add(hook.command() + " " + hook.environment().get("A"));
                  ran.add(hook.environment().get("STRETCHER_MANIFEST_URL"));
                  return 0;
                })
            .build()
            .deploy(manifest);

    assertThat(deployment.manifest()).isEqualTo(manifest);
    assertThat(directory.resolve("app/hello")).hasContent("hello");
    assertThat(ran).containsExactly("echo {{ $A }} {{", "code:manifest");
    assertThat(events).doesNotHaveAnyElementsOfTypes(DeployEvent.LoadingManifest.class);
    LedgerRecord record = ledger.records().get(0);
    assertThat(record.manifest()).isEqualTo("code:manifest");
    assertThat(record.digest())
        .contains(
            DigestUtils.sha256Hex(ManifestWriter.write(manifest).getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void itIsPlannedAndChecked() throws Exception {
    Manifest manifest = app().withDescription("the shop");
    try (Stretcher stretcher = stretcher().build()) {
      assertThat(stretcher.plan(manifest)).isInstanceOf(DeployPlan.OfArchive.class);
      assertThat(stretcher.check(manifest).problems()).isEmpty();
      assertThat(stretcher.check(manifest).steps()).anyMatch(step -> step.contains("the shop"));
      assertThat(stretcher.checkAgainstDest(manifest).ok()).isTrue();
    }
    assertThat(directory.resolve("app")).doesNotExist();
  }

  @Test
  void whatIsWrongInItIsFoundAsInAText() throws Exception {
    Manifest wrong =
        Manifest.of(archive(app()), Manifest.Target.of(Path.of("relative")))
            .withEnv(Map.of("A=B", "x"));

    BadManifest bad =
        catchThrowableOfType(BadManifest.class, () -> stretcher().build().deploy(wrong));

    assertThat(bad.problems())
        .hasSize(2)
        .allSatisfy(problem -> assertThat(problem.line()).isZero())
        .extracting(problem -> problem.message())
        .anyMatch(text -> text.contains("dest 'relative' must be absolute"))
        .anyMatch(text -> text.contains("'A=B' is not a name of a variable"));
    assertThat(events).last().isInstanceOf(DeployEvent.NotStarted.class);
    assertThat(stretcher().build().check(wrong).problems()).hasSize(2);
  }

  private static Manifest.Archive archive(Manifest of) {
    return of.payload().orElseThrow().archive();
  }

  @Test
  void aValueThatNoTextHasIsRefusedAndNotChanged() {
    Path latin = NativeText.path(new byte[] {'/', 's', 'r', 'v', '/', (byte) 0xe9});

    for (Manifest manifest :
        List.of(
            Manifest.of(archive(app()), Manifest.Target.of(latin)),
            app().withDescription(" "),
            app()
                .withCommands(
                    Commands.NONE.withPre(
                        CommandList.NONE.with(" ", java.time.Duration.ofSeconds(1)))))) {
      assertThatThrownBy(() -> stretcher().build().deploy(manifest))
          .isInstanceOf(BadManifest.class)
          .hasMessageContaining("has a value that the text of a manifest cannot have");
    }
  }

  @Test
  void nothingToDeployIsRefused() {
    assertThatThrownBy(() -> stretcher().build().deploy(Manifest.of(Commands.NONE)))
        .isInstanceOf(BadManifest.class);
  }

  @Test
  void thePolicyHoldsForItToo() {
    Manifest manifest = app();
    Policy elsewhere =
        new Policy(List.of(), List.of(), List.of(Path.of("/srv")), Optional.empty(), List.of());
    Policy places =
        new Policy(
            List.of(UrlPrefix.parse("https://example.com/")),
            List.of(),
            List.of(),
            Optional.empty(),
            List.of());
    Policy signed = new Policy(List.of(), List.of(), List.of(), Optional.empty(), List.of(KEY));

    for (Policy policy : List.of(elsewhere, places, signed)) {
      assertThatThrownBy(() -> stretcher().policy(policy).build().deploy(manifest))
          .isInstanceOf(Forbidden.class);
    }
    assertThatThrownBy(() -> stretcher().policy(places).build().deploy(manifest))
        .hasMessageContaining("allow_manifests")
        .hasMessageContaining("code:manifest");
    assertThatThrownBy(() -> stretcher().policy(signed).build().deploy(manifest))
        .hasMessageContaining("require_signature");
    assertThat(directory.resolve("app")).doesNotExist();
  }

  private static final TrustedKey KEY =
      TrustedKey.parse("RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3");

  @Test
  void itsRulesAreThoseOfAManifest() {
    Manifest manifest =
        Manifest.of(
            archive(app()),
            Manifest.Target.of(directory.resolve("app"))
                .withRules(SyncRules.DEFAULT.withMaxDelete(-1)));

    assertThatThrownBy(() -> stretcher().build().deploy(manifest))
        .isInstanceOf(BadManifest.class)
        .hasMessageContaining("max_delete must be a whole number from 0");
  }
}
