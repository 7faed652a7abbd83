package dev.stretcher.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.manifest.SyncRules;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code tree} brings to disk besides what the engine sees in the staged tree. */
class TreeDiskTest implements SyncTarget.Disk {
  @TempDir private Path directory;
  private Path staged;
  private Path dest;
  private final List<Path> flushed = new ArrayList<>();

  @Override
  public void flush(Path tree) {
    throw new AssertionError("there is no other tree than dest");
  }

  @Override
  public void flushNames(Path names) {
    throw new AssertionError("one call is for all");
  }

  @Override
  public void flushChanged(Path tree, Collection<Path> names) {
    assertThat(tree).isEqualTo(dest);
    flushed.addAll(names);
  }

  @BeforeEach
  void makeTwoEqualTrees() throws Exception {
    staged = directory.resolve("staged");
    dest = directory.resolve("dest");
    for (Path root : List.of(staged, dest)) {
      for (String name : List.of("a/file", "b/file", "c/file")) {
        Files.createDirectories(root.resolve(name).getParent());
        Files.writeString(root.resolve(name), "same");
        Files.setLastModifiedTime(root.resolve(name), FileTime.fromMillis(1_700_000_000_000L));
      }
      for (String name : List.of("a", "b", "c", "")) {
        Files.setLastModifiedTime(root.resolve(name), FileTime.fromMillis(1_700_000_000_000L));
      }
    }
  }

  private List<Path> sync() throws Exception {
    SyncTarget target = new SyncTarget(dest, SyncRules.DEFAULT, 0, line -> {});
    new TreeSyncer().sync(new StagedTree(staged), target.withDisk(this));
    return flushed;
  }

  private void later(Path path) throws Exception {
    Files.setLastModifiedTime(path, FileTime.fromMillis(1_800_000_000_000L));
  }

  @Test
  void nothingIfNothingChanges() throws Exception {
    assertThat(sync()).isEmpty();
  }

  @Test
  void theDirectoryThatANameWasRemovedFrom() throws Exception {
    Files.createDirectories(dest.resolve("b/old/deep"));
    Files.writeString(dest.resolve("b/old/deep/file"), "old");

    // The directory gets back its time, too.
    assertThat(sync()).containsExactly(Path.of("b"));
  }

  @Test
  void whateverGotOtherAttributes() throws Exception {
    Files.setPosixFilePermissions(
        dest.resolve("a/file"), PosixFilePermissions.fromString("rw-------"));
    later(staged.resolve("c"));

    assertThat(sync()).containsExactlyInAnyOrder(Path.of("a/file"), Path.of("c"));
  }

  @Test
  void notTheDirectoryWithANewFileWhichTheEngineSees() throws Exception {
    Files.writeString(staged.resolve("a/file"), "another");
    Files.writeString(dest.resolve("a/old"), "removed");

    assertThat(sync()).isEmpty();
  }
}
