package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.Stretcher;
import dev.stretcher.contract.SyncerContract;
import dev.stretcher.ledger.Ledger;
import dev.stretcher.ledger.LedgerRecord;
import dev.stretcher.policy.Policy;
import dev.stretcher.report.StretcherException;
import dev.stretcher.spi.Deletions;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncReport;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.spi.Syncer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkSyncerTest extends SyncerContract {
  @TempDir Path temporary;
  @TempDir Path outside;

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
  void theDirectoryThatDestLeadsToIsKnown() throws Exception {
    SampleApp app = deploy("one");

    assertThat(Ledger.in(temporary.resolve("state")).remembers(app.dest().toRealPath())).isTrue();
  }

  @Test
  void aLinkOutOfWhatIsAllowedFailsAtOnce() throws Exception {
    SampleApp app = SampleApp.publish(temporary, "one", "sync_strategy: away");
    Policy policy =
        new Policy(List.of(), List.of(), List.of(temporary), Optional.empty(), List.of());
    Syncer away =
        new Syncer() {
          @Override
          public String name() {
            return "away";
          }

          @Override
          public boolean makesLink() {
            return true;
          }

          @Override
          public SyncReport sync(StagedTree tree, SyncTarget target)
              throws IOException, InterruptedException {
            target.guard().begin(() -> Deletions.NONE);
            Files.createSymbolicLink(target.dest(), outside);
            return SyncReport.of("away");
          }
        };

    assertThatThrownBy(() -> deploy(app, away, policy))
        .isInstanceOf(StretcherException.Forbidden.class)
        .hasMessageContainingAll("allow_dest", outside.toString());
  }

  @Test
  void aLinkInPlaceOfTheDirectoryOfVersionsIsNotFollowed() throws Exception {
    Path other = Files.createDirectory(temporary.resolve("other"));
    Files.createSymbolicLink(temporary.resolve("dest.versions"), other);

    assertThatThrownBy(() -> deploy("one")).isInstanceOf(StretcherException.SyncFailed.class);
    assertThat(other).isEmptyDirectory();
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
    deploy(app, syncer, Policy.OPEN);
  }

  private void deploy(SampleApp app, Syncer syncer, Policy policy)
      throws IOException, StretcherException, InterruptedException {
    try (Stretcher stretcher =
        Stretcher.builder()
            .syncer(syncer)
            .policy(policy)
            .ledger(Ledger.in(temporary.resolve("state")))
            .temporaryDirectory(Files.createDirectories(temporary.resolve("tmp")))
            .build()) {
      stretcher.deploy(app.manifest().toUri());
    }
  }
}
