package dev.stretcher;

import dev.stretcher.manifest.RuleKey;
import dev.stretcher.manifest.RuleKeys;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.spi.Deletions;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncPlan;
import dev.stretcher.spi.SyncReport;
import dev.stretcher.spi.SyncTarget;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Asks before it deletes what it is told that it would; changes nothing. */
class GuardedSyncer extends RenameSyncer {
  private final Deletions deletions;
  boolean dies;
  int counts;
  int syncs;

  GuardedSyncer(long names, long present) {
    deletions = new Deletions(names, present, List.of("old/", "old/one"));
  }

  @Override
  public Set<RuleKey<?>> unsupported(SyncRules rules) {
    return rules.givenBesides(RuleKeys.MAX_DELETE);
  }

  private void ask(SyncTarget target) throws IOException, InterruptedException {
    target
        .guard()
        .begin(
            () -> {
              counts++;
              return deletions;
            });
  }

  @Override
  public Optional<SyncPlan> plan(StagedTree tree, SyncTarget target)
      throws IOException, InterruptedException {
    ask(target);
    return Optional.of(new SyncPlan(List.of("delete old/", "delete old/one"), "all of it"));
  }

  @Override
  public SyncReport sync(StagedTree tree, SyncTarget target)
      throws IOException, InterruptedException {
    ask(target);
    syncs++;
    if (dies) {
      throw new IOException("killed half way");
    }
    return SyncReport.of("done");
  }
}
