package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.manifest.Comparison;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncReport;
import dev.stretcher.spi.SyncTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a manifest says about the sync reaches the syncer and the operator. */
class SyncRulesTest extends StretcherFixture {
  private static final String RULES =
      "excludes: ['*.pid']\nexclude_from: hello\ncompare: checksum\nmax_delete: 7\n";

  private final List<SyncRules> seen = new CopyOnWriteArrayList<>();

  private final class Spying extends RenameSyncer {
    @Override
    public void check(SyncTarget target) {
      seen.add(target.rules());
    }

    @Override
    public SyncReport sync(StagedTree tree, SyncTarget target)
        throws IOException, InterruptedException {
      seen.add(target.rules());
      return super.sync(tree, target);
    }
  }

  @Test
  void aSyncerGetsTheRulesBeforeTheDownloadAndWithTheArchive() throws Exception {
    putApp(RULES);

    stretcher().syncer(new Spying()).build().deploy(MANIFEST);

    SyncRules early =
        new SyncRules(List.of("*.pid"), Optional.empty(), Comparison.CHECKSUM, OptionalLong.of(7));
    assertThat(seen).containsExactly(early, early.withExcludeFrom(Path.of("hello")));
  }

  @Test
  void theLogAndACheckNameTheRules() throws Exception {
    putApp(RULES);

    CheckReport report = stretcher().build().check(MANIFEST);
    stretcher().build().deploy(MANIFEST);

    assertThat(report.steps())
        .anyMatch(step -> step.endsWith(", comparing contents, deleting at most 7"));
    assertThat(events)
        .anyMatch(event -> event.message().contains("compare: checksum, max_delete: 7"));
  }

  @Test
  void theDefaultRulesAreNotWorthALine() throws Exception {
    putApp("compare: quick");

    stretcher().syncer(new Spying()).build().deploy(MANIFEST);

    assertThat(seen).containsOnly(SyncRules.DEFAULT);
    assertThat(events).noneMatch(event -> event.message().contains("compare"));
  }
}
