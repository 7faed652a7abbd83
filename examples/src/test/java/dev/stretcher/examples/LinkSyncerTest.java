package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.Stretcher;
import dev.stretcher.contract.SyncerContract;
import dev.stretcher.ledger.Ledger;
import dev.stretcher.ledger.LedgerRecord;
import dev.stretcher.report.StretcherException;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncReport;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.spi.Syncer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkSyncerTest extends SyncerContract {
  @TempDir Path temporary;

  @Override
  protected Syncer syncer() {
    return new LinkSyncer();
  }

  @Override
  protected Set<Capability> capabilities() {
    return Set.of(Capability.UPDATE, Capability.OTHER_LAYOUT);
  }

  @Test
  void eachDeployHasADirectoryOfItsNameAndDestLeadsToTheLastOne() throws Exception {
    deploy("one");
    SampleApp app = deploy("two");

    List<String> deploys =
        Ledger.in(temporary.resolve("state")).records().stream()
            .map(LedgerRecord::deployId)
            .toList();
    assertThat(app.deployed()).isEqualTo("two");
    assertThat(Files.readSymbolicLink(app.dest()))
        .isEqualTo(Path.of("dest.versions", deploys.get(1)));
    try (Stream<Path> versions = Files.list(temporary.resolve("dest.versions"))) {
      assertThat(versions.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(deploys);
    }
  }

  @Test
  void aLinkThatSomeoneElseMakesMeanwhileStillFailsAnotherSyncer() throws Exception {
    SampleApp app = SampleApp.publish(temporary, "one", "sync_strategy: link");
    Syncer silent =
        new Syncer() {
          @Override
          public String name() {
            return "link";
          }

          @Override
          public SyncReport sync(StagedTree tree, SyncTarget target)
              throws IOException, InterruptedException {
            return new LinkSyncer().sync(tree, target);
          }
        };

    assertThatThrownBy(() -> deploy(app, silent))
        .isInstanceOf(StretcherException.SyncFailed.class)
        .hasMessageContaining("it became a symbolic link while it was synced");
  }

  private SampleApp deploy(String version) throws Exception {
    SampleApp app = SampleApp.publish(temporary, version, "sync_strategy: link");
    deploy(app, new LinkSyncer());
    return app;
  }

  private void deploy(SampleApp app, Syncer syncer)
      throws IOException, StretcherException, InterruptedException {
    try (Stretcher stretcher =
        Stretcher.builder()
            .syncer(syncer)
            .ledger(Ledger.in(temporary.resolve("state")))
            .temporaryDirectory(Files.createDirectories(temporary.resolve("tmp")))
            .build()) {
      stretcher.deploy(app.manifest().toUri());
    }
  }
}
