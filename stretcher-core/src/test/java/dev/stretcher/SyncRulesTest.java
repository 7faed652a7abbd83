package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.manifest.Comparison;
import dev.stretcher.manifest.RuleKey;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncReport;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.text.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a manifest says about the sync reaches the syncer and the operator. */
class SyncRulesTest extends StretcherFixture {
  private static final String RULES =
      "excludes: ['*.pid']\nexclude_from: hello\ncompare: checksum\nmax_delete: 7\n";

  private final List<SyncRules> seen = new CopyOnWriteArrayList<>();

  private final class Spying extends RenameSyncer {
    @Override
    public Set<RuleKey<?>> unsupported(SyncRules rules) {
      return Set.of();
    }

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
  void aCheckNamesTheRules() throws Exception {
    putApp(RULES + "links: inside\ndest_mode: 0700\n");

    CheckReport report = stretcher().syncer(new Spying()).build().check(MANIFEST);

    assertThat(report.problems()).isEmpty();
    assertThat(report.steps())
        .anyMatch(
            step ->
                step.endsWith(
                    " by rename, mode 0700, without *.pid, without what is in hello, comparing"
                        + " contents, deleting at most 7, links inside only"));
  }

  @Test
  void aRuleThatASyncerDoesNotKnowIsRefusedBeforeAnythingIsFetched() throws Exception {
    putApp("excludes: ['*.pid']\nmax_delete: 7\n");

    CheckReport report = stretcher().build().check(MANIFEST);

    String why = "sync_strategy rename cannot keep to excludes, max_delete; remove";
    assertThat(report.problems()).singleElement().asString().startsWith(why);
    assertThatThrownBy(() -> stretcher().build().deploy(MANIFEST))
        .isInstanceOf(StretcherException.SyncFailed.class)
        .hasMessageStartingWith(why);
    assertThat(memory.opened()).doesNotContain("/app.tar");
  }

  @Test
  void rulesOfReleasesAreRefusedByASyncerThatKeepsNone() throws Exception {
    putApp("release: {keep: 3}");
    String why = "sync_strategy rename cannot keep to release; remove it from the manifest";

    assertThat(stretcher().build().check(MANIFEST).problems())
        .singleElement()
        .asString()
        .isEqualTo(why);
    assertThat(stretcher().syncer(new Releasing()).build().check(MANIFEST).problems())
        .singleElement()
        .asString()
        .isEqualTo(why + ", or set sync_strategy: release");
    assertThatThrownBy(() -> stretcher().build().deploy(MANIFEST)).hasMessageStartingWith(why);
    assertThat(memory.opened()).doesNotContain("/app.tar");

    putApp("release: {keep: 5, shared: []}");
    assertThat(stretcher().build().check(MANIFEST).problems()).isEmpty();
  }

  /** Stands for the syncer of releases. */
  private static final class Releasing extends RenameSyncer {
    @Override
    public String name() {
      return "release";
    }

    @Override
    public Set<RuleKey<?>> unsupported(SyncRules rules) {
      return Set.of();
    }
  }

  @Test
  void aRollbackIsRefusedByASyncerThatKeepsNoReleasesBeforeAnythingIsFetched() throws Exception {
    putApp("on_failure: rollback\nexcludes: ['*.pid']\ncommands: {pre: [a]}");
    String why =
        "sync_strategy rename keeps no releases to go back to; use sync_strategy: release, or"
            + " remove on_failure";

    assertThat(stretcher().build().check(MANIFEST).problems())
        .hasSize(2)
        .extracting(Problem::message)
        .contains(why);
    assertThatThrownBy(() -> stretcher().hookRunner(hook -> 0).build().deploy(MANIFEST))
        .isInstanceOf(StretcherException.SyncFailed.class)
        .hasMessage(why);
    assertThatThrownBy(() -> stretcher().build().plan(MANIFEST)).hasMessage(why);
    assertThat(memory.opened()).doesNotContain("/app.tar");
    assertThat(events).doesNotHaveAnyElementsOfTypes(DeployEvent.HookStarted.class);
  }

  @Test
  void anUnknownSyncerIsNotToldToKeepReleases() throws Exception {
    putApp("on_failure: rollback\nsync_strategy: relese");

    assertThat(stretcher().build().check(MANIFEST).problems())
        .singleElement()
        .asString()
        .startsWith("there is no sync_strategy 'relese'");
    assertThatThrownBy(() -> stretcher().build().deploy(MANIFEST))
        .hasMessageStartingWith("there is no sync_strategy 'relese'");
  }

  @Test
  void keepingWhatFailedIsWhatAnySyncerDoes() throws Exception {
    putApp("on_failure: keep\nhealth: {commands: [a]}\nrelease: {id: x}");
    Stretcher stretcher = stretcher().syncer(new Spying()).hookRunner(hook -> 0).build();

    stretcher.deploy(MANIFEST);

    assertThat(stretcher.check(MANIFEST).steps())
        .anyMatch(
            step ->
                step.endsWith(
                    "keeping it if commands fail, as release x, keeping 5 good releases"));
    assertThat(events.stream().map(DeployEvent::message))
        .anyMatch(
            line ->
                line.endsWith(
                    "sync_strategy: rename, release: x, hooks: 1 health, on_failure: keep}"));
  }

  @Test
  void theLineOfTheLogNamesWhatIsDeployedHowAndHowManyHooksThereAre() throws Exception {
    putApp("commands: {pre: ['a', 'b'], failure: ['c']}\nenv: {PASSWORD: hunter2}\n");

    stretcher().hookRunner(hook -> 0).build().deploy(MANIFEST);
    memory.put("/app.yml", "commands: {}");
    stretcher().build().deploy(MANIFEST);

    assertThat(events.stream().map(DeployEvent::message).filter(line -> line.startsWith("Exec")))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .matches(
                        "Executing manifest \\{src: mem:/app.tar, checksum: sha256:[0-9a-f]{64}, "
                            + "dest: %s/app, sync_strategy: rename, hooks: 2 pre, 1 failure}"
                                .formatted(directory)),
            line -> assertThat(line).isEqualTo("Executing manifest {hooks: none}"));
  }

  @Test
  void theDefaultRulesAreKeptByAnySyncer() throws Exception {
    putApp("compare: quick");

    stretcher().build().deploy(MANIFEST);

    assertThat(directory.resolve("app/hello")).exists();
  }
}
