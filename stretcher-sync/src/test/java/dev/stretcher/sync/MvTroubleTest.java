package dev.stretcher.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.manifest.RuleKeys;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.spi.Deletions;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncTarget;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code mv} says where a rename cannot do it, and what it asks before. */
class MvTroubleTest {
  private static final Path OTHER = Path.of("/dev/shm");

  @TempDir private Path directory;
  private final MvSyncer syncer = new MvSyncer();
  private final List<String> said = new ArrayList<>();
  private Path root;

  @BeforeEach
  void stage() throws IOException {
    root = Files.createDirectory(directory.resolve("root"));
    Files.writeString(root.resolve("new"), "new");
  }

  private SyncTarget target(Path dest, SyncRules rules) {
    return new SyncTarget(dest, rules, 1, said::add);
  }

  @Test
  void asksOnceBeforeItRenames() throws Exception {
    Path dest = directory.resolve("dest");
    List<Deletions> asked = new ArrayList<>();
    SyncTarget target =
        target(dest, SyncRules.DEFAULT)
            .withGuard(
                count -> {
                  assertThat(dest).doesNotExist();
                  asked.add(count.deletions());
                });

    syncer.sync(new StagedTree(root), target);

    assertThat(asked).containsExactly(Deletions.NONE);
    assertThat(dest.resolve("new")).hasContent("new");
  }

  @Test
  void leavesAllAsItIsIfItMayNot() {
    Path dest = directory.resolve("dest");
    SyncTarget target =
        target(dest, SyncRules.DEFAULT)
            .withGuard(
                count -> {
                  throw new IOException("not now");
                });

    assertThatThrownBy(() -> syncer.sync(new StagedTree(root), target)).hasMessage("not now");
    assertThat(dest).doesNotExist();
    assertThat(root.resolve("new")).exists();
  }

  @Test
  void aPlanSaysWhatHasNoEffect() throws Exception {
    SyncRules rules = SyncRules.excluding(List.of("*.pid")).withMaxDelete(3);

    syncer.plan(new StagedTree(root), target(directory.resolve("dest"), rules));

    assertThat(said)
        .hasSize(2)
        .anyMatch(line -> line.startsWith("mv: excludes and exclude_from have no effect"))
        .anyMatch(line -> line.startsWith("mv: compare and max_delete have no effect"));
    assertThat(syncer.unsupported(rules))
        .doesNotContain(RuleKeys.EXCLUDES, RuleKeys.MAX_DELETE)
        .isEmpty();
  }

  @Test
  void aFileInThePlaceOfDestIsInTheWay() throws Exception {
    Path dest = Files.writeString(directory.resolve("dest"), "precious");

    assertThatThrownBy(() -> syncer.plan(new StagedTree(root), target(dest, SyncRules.DEFAULT)))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("it exists; move it away");
    assertThatThrownBy(() -> syncer.sync(new StagedTree(root), target(dest, SyncRules.DEFAULT)))
        .hasMessageContaining("cannot rename to " + dest);
    assertThat(dest).hasContent("precious");
  }

  @Test
  void anotherFileSystemTakesTheTreeSyncer() throws Exception {
    assumeTrue(
        Files.isWritable(OTHER)
            && !Files.getFileStore(OTHER).name().equals(Files.getFileStore(directory).name()),
        "it takes two file systems");
    Path other = Files.createTempDirectory(OTHER, "stretcher-mv-");
    try {
      assertThatThrownBy(
              () ->
                  syncer.sync(
                      new StagedTree(root), target(other.resolve("dest"), SyncRules.DEFAULT)))
          .hasMessageContaining("it is on another file system than the staged tree")
          .hasMessageContaining("use sync_strategy: tree");
      assertThat(other).isEmptyDirectory();
    } finally {
      Files.delete(other);
    }
    assertThat(root.resolve("new")).exists();
  }
}
