package dev.stretcher.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.manifest.RuleKeys;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.spi.Deletions;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncPlan;
import dev.stretcher.spi.SyncTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the rsync strategy does before it starts rsync. */
class RsyncPlanTest {
  @TempDir private Path directory;
  private final List<Deletions> counted = new ArrayList<>();
  private StagedTree tree;
  private SyncTarget target;

  @BeforeEach
  void createTrees() throws IOException {
    Path root = Files.createDirectory(directory.resolve("root"));
    Files.writeString(root.resolve("new"), "new");
    Path dest = Files.createDirectory(directory.resolve("dest"));
    Files.writeString(dest.resolve("old"), "old");
    tree = new StagedTree(root);
    target = new SyncTarget(dest, SyncRules.DEFAULT, 1, line -> {});
  }

  @Test
  void plansOnlyIfTheDeletionsAreAskedFor() throws Exception {
    RsyncSyncer syncer = new RsyncSyncer(Map.of());
    assertThat(syncer.plan(tree, target)).isEmpty();

    Optional<SyncPlan> plan =
        syncer.plan(tree, target.withGuard(count -> counted.add(count.deletions())));

    assertThat(counted).containsExactly(new Deletions(1, 1, List.of("old")));
    assertThat(plan)
        .hasValueSatisfying(
            told -> {
              assertThat(told.lines()).contains("create new", "delete old");
              assertThat(told.summary()).startsWith("rsync: ").endsWith("1 to delete");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nowhere", "", ":", "/nowhere::/also"})
  void withoutRsyncNothingIsTouched(String path) {
    RsyncSyncer syncer = new RsyncSyncer(Map.of("PATH", path));
    SyncTarget guarded = target.withGuard(count -> counted.add(count.deletions()));

    assertThatThrownBy(() -> syncer.sync(tree, guarded))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("rsync is not in PATH (" + path + ")")
        .hasMessageContaining("install it, or set sync_strategy: tree");
    assertThat(counted).isEmpty();
    assertThat(target.dest().resolve("old")).exists();
  }

  @Test
  void aDirectoryOrAFileThatIsNoProgramIsNotRsync() throws IOException {
    Path bin = Files.createDirectory(directory.resolve("bin"));
    RsyncSyncer syncer = new RsyncSyncer(Map.of("PATH", bin.toString()));
    Files.createDirectory(bin.resolve("rsync"));
    assertThatThrownBy(() -> syncer.check(target)).hasMessageContaining("not in PATH");
    Files.delete(bin.resolve("rsync"));
    Path program = Files.writeString(bin.resolve("rsync"), "#!/bin/sh\n");
    assertThatThrownBy(() -> syncer.check(target)).hasMessageContaining("not in PATH");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    syncer.check(target);
  }

  @Test
  void namesTheRuleThatItCannotKeepTo() {
    RsyncSyncer syncer = new RsyncSyncer(Map.of());
    assertThat(syncer.unsupported(SyncRules.excluding(List.of("x")))).isEmpty();
    assertThat(syncer.unsupported(SyncRules.DEFAULT.withMaxDelete(1)))
        .isEqualTo(Set.of(RuleKeys.MAX_DELETE));
  }
}
