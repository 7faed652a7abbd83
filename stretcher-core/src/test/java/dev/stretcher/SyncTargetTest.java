package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.ledger.Ledger;
import dev.stretcher.ledger.LedgerRecord;
import dev.stretcher.manifest.Digest;
import dev.stretcher.option.Fsync;
import dev.stretcher.option.Settings;
import dev.stretcher.report.StretcherException;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncPlan;
import dev.stretcher.spi.SyncReport;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.spi.Syncer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a syncer is told of its deploy, and what it has brought to disk. */
class SyncTargetTest extends StretcherFixture {
  @TempDir Path other;

  private final List<SyncTarget> targets = new ArrayList<>();

  /** Keeps its targets. */
  private class Telling extends RenameSyncer {
    @Override
    public void check(SyncTarget target) {
      targets.add(target);
    }

    @Override
    public Optional<SyncPlan> plan(StagedTree tree, SyncTarget target) {
      targets.add(target);
      return Optional.empty();
    }

    @Override
    public SyncReport sync(StagedTree tree, SyncTarget target)
        throws IOException, InterruptedException {
      targets.add(target);
      return super.sync(tree, target);
    }
  }

  private Stretcher with(Syncer syncer) {
    return stretcher().syncer(syncer).build();
  }

  @Test
  void aSyncerKnowsTheDeployTheSourceAndTheDigestOfTheArchive() throws Exception {
    putApp("");

    stretcher().syncer(new Telling()).ledger(Ledger.in(other)).build().deploy(MANIFEST);

    String id =
        Ledger.in(other).records().stream().map(LedgerRecord::deployId).findFirst().orElseThrow();
    assertThat(targets).hasSize(2);
    assertThat(targets)
        .extracting(SyncTarget::deploy)
        .allSatisfy(
            deploy -> {
              assertThat(deploy.orElseThrow().id()).contains(id);
              assertThat(deploy.orElseThrow().source()).isEqualTo(URI.create("mem:/app.tar"));
              assertThat(deploy.orElseThrow().digest())
                  .map(Digest::algorithm)
                  .contains(Digest.Algorithm.SHA256);
            });
  }

  @Test
  void aDryRunAndACheckTellItToo() throws Exception {
    putApp("");

    with(new Telling()).plan(MANIFEST);
    with(new Telling()).check(MANIFEST);

    assertThat(targets).hasSize(3);
    assertThat(targets)
        .extracting(target -> target.deploy().orElseThrow().source())
        .containsOnly(URI.create("mem:/app.tar"));
    assertThat(targets.get(1).deploy().orElseThrow().id()).isPresent();
    assertThat(targets.get(2).deploy().orElseThrow().id()).isEmpty();
  }

  /** Makes a directory outside of dest, and brings it to disk. */
  private final class Outside extends RenameSyncer {
    @Override
    public SyncReport sync(StagedTree tree, SyncTarget target)
        throws IOException, InterruptedException {
      // So many that one program flushes all, which can be seen.
      for (int i = 0; i < 1000; i++) {
        Files.createFile(other.resolve("f" + i));
      }
      Path shown = Files.createSymbolicLink(directory.resolve("shown"), other);
      target.disk().flush(shown);
      target.disk().flushNames(shown);
      return super.sync(tree, target);
    }
  }

  @Test
  void aDirectoryThatIsNotThereIsNotBroughtToDiskSilently() {
    Syncer absent =
        new RenameSyncer() {
          @Override
          public SyncReport sync(StagedTree tree, SyncTarget target)
              throws IOException, InterruptedException {
            target.disk().flushNames(other.resolve("absent"));
            return super.sync(tree, target);
          }
        };
    Syncer file =
        new RenameSyncer() {
          @Override
          public SyncReport sync(StagedTree tree, SyncTarget target)
              throws IOException, InterruptedException {
            target.disk().flush(Files.createFile(other.resolve("file")));
            return super.sync(tree, target);
          }
        };
    putApp("");

    assertThatThrownBy(() -> with(absent).deploy(MANIFEST))
        .isInstanceOf(StretcherException.SyncFailed.class)
        .hasMessageContaining(other.resolve("absent") + " cannot be brought to disk");
    assertThatThrownBy(() -> with(file).deploy(MANIFEST))
        .isInstanceOf(StretcherException.SyncFailed.class)
        .hasMessageContaining("it is not a directory");
  }

  private Path deployWith(Fsync fsync, String program) throws Exception {
    putApp("");
    Path called = directory.resolve("called");
    Path sync = Files.createDirectory(directory.resolve("bin")).resolve("sync");
    Files.writeString(sync, "#!/bin/sh\necho \"$@\" >> " + called + "\n" + program + "\n");
    assertThat(sync.toFile().setExecutable(true)).isTrue();
    stretcher()
        .syncer(new Outside())
        .options(options().with(Settings.FSYNC, fsync))
        .environment(Map.of("PATH", sync.getParent() + ":" + System.getenv("PATH")))
        .build()
        .deploy(MANIFEST);
    return called;
  }

  @Test
  void whatASyncerMakesOutsideOfDestIsBroughtToDisk() throws Exception {
    assertThat(deployWith(Fsync.FILES, "exit 0")).hasContent("-f " + other + "\n");
  }

  @Test
  void nothingIsIfTheOperatorDoesNotWantIt() throws Exception {
    assertThat(deployWith(Fsync.OFF, "exit 0")).doesNotExist();
  }

  @Test
  void aDiskThatFailsThereFailsTheDeploy() {
    assertThatThrownBy(() -> deployWith(Fsync.FILES, "echo broken; exit 1"))
        .isInstanceOf(StretcherException.SyncFailed.class)
        .hasMessageContainingAll("shown cannot be brought to disk", "sync -f failed: broken");
  }
}
