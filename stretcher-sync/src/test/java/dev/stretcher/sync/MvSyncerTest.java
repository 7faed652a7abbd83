package dev.stretcher.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.contract.SyncerContract;
import dev.stretcher.manifest.Comparison;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.spi.Syncer;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MvSyncerTest extends SyncerContract {
  @TempDir private Path directory;

  @Override
  protected Syncer syncer() {
    return new MvSyncer();
  }

  @Override
  protected Set<Capability> capabilities() {
    return Set.of();
  }

  @Test
  void replacesAnEmptyDirectoryAsRenameDoes() throws Exception {
    Path dest = Files.createDirectory(directory.resolve("dest"));

    sync(dest, List.of());

    assertThat(dest.resolve("new")).exists();
  }

  @Test
  void leavesADestWithContentAloneAndNamesTheRemedy() throws Exception {
    Path dest = Files.createDirectory(directory.resolve("dest"));
    Files.writeString(dest.resolve("old"), "old");

    assertThatThrownBy(() -> sync(dest, List.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot rename to " + dest + ": it exists")
        .hasMessageContaining("sync_strategy: tree");
    assertThat(dest).isDirectoryContaining("glob:**/old");
  }

  @Test
  void saysBeforehandThatDestIsInTheWay() throws Exception {
    Path dest = Files.createDirectory(directory.resolve("dest"));
    StagedTree tree = new StagedTree(directory.resolve("staged"));
    SyncTarget target = new SyncTarget(dest, SyncRules.DEFAULT, 1, line -> {});

    assertThat(syncer().plan(tree, target)).isEmpty();

    Files.writeString(dest.resolve("old"), "old");
    assertThatThrownBy(() -> syncer().plan(tree, target))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("it exists; move it away");
  }

  @Test
  void leavesALinkToADirectoryAlone() throws Exception {
    Path real = Files.createDirectory(directory.resolve("real"));
    Path dest = Files.createSymbolicLink(directory.resolve("dest"), real);

    assertThatThrownBy(() -> sync(dest, List.of())).hasMessageContaining("it exists");
    assertThat(dest).isSymbolicLink();
    assertThat(real).isEmptyDirectory();
  }

  @Test
  void saysThatItHasNoExcludes() throws Exception {
    assertThat(sync(directory.resolve("dest"), List.of("*.pid")))
        .anyMatch(line -> line.startsWith("mv: excludes and exclude_from have no effect"));
    assertThat(sync(directory.resolve("other"), List.of()))
        .noneMatch(line -> line.contains("exclude"));
  }

  @Test
  void saysThatItComparesAndDeletesNothing() throws Exception {
    String said = "mv: compare and max_delete have no effect";

    assertThat(sync(directory.resolve("a"), SyncRules.DEFAULT.withComparison(Comparison.CHECKSUM)))
        .anyMatch(line -> line.startsWith(said));
    assertThat(sync(directory.resolve("b"), SyncRules.DEFAULT.withMaxDelete(0)))
        .anyMatch(line -> line.startsWith(said));
    assertThat(sync(directory.resolve("c"), SyncRules.DEFAULT))
        .noneMatch(line -> line.contains("max_delete"));
  }

  @Test
  void saysThatTheParentOfDestIsMissing() {
    Path dest = directory.resolve("no/dest");

    assertThatThrownBy(() -> sync(dest, List.of()))
        .hasMessageContaining(dest + ": its parent does not exist");
  }

  private List<String> sync(Path dest, List<String> excludes) throws Exception {
    return sync(dest, SyncRules.excluding(excludes));
  }

  private List<String> sync(Path dest, SyncRules rules) throws Exception {
    Path root = Files.createDirectories(directory.resolve("staging/root"));
    Files.writeString(root.resolve("new"), "new");
    List<String> output = new ArrayList<>();
    new MvSyncer().sync(new StagedTree(root), new SyncTarget(dest, rules, 1, output::add));
    return output;
  }

  @Test
  void aDestInTheWayDoesNotCountAsMade() throws Exception {
    Path root = Files.createDirectory(directory.resolve("a tree"));
    Path dest = Files.createDirectory(directory.resolve("full"));
    Files.writeString(dest.resolve("precious"), "precious");
    List<String> asked = new ArrayList<>();
    SyncTarget target =
        new SyncTarget(dest, SyncRules.DEFAULT, 0, line -> {})
            .withGuard(count -> asked.add("asked"));

    assertThatThrownBy(() -> new MvSyncer().sync(new StagedTree(root), target))
        .hasMessageContaining("it exists");
    assertThat(asked).isEmpty();
    assertThat(dest.resolve("precious")).hasContent("precious");
  }
}
