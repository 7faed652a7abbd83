package dev.stretcher.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.manifest.Comparison;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.spi.DeletionGuard;
import dev.stretcher.spi.Deletions;
import dev.stretcher.spi.OmittedFiles;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncReport;
import dev.stretcher.spi.SyncTarget;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a dest that differs from the archive, or changes while it is synced. */
class TreeUpdateTest {
  private static final Instant THEN = Instant.parse("2014-11-17T11:22:33Z");

  @TempDir private Path directory;
  private final List<String> said = new ArrayList<>();
  private Path root;
  private Path dest;

  @BeforeEach
  void createRoots() throws IOException {
    root = Files.createDirectories(directory.resolve("staging/root"));
    dest = Files.createDirectory(directory.resolve("dest"));
  }

  /** With a pattern that matches nothing here, nothing may be moved away as a whole. */
  @ParameterizedTest
  @ValueSource(strings = {"", "*.pid"})
  void whatIsOfAnotherKindMakesWay(String exclude) throws Exception {
    write(root, "was-a-directory", "file");
    write(root, "was-a-file/f", "f");
    write(root, "was-a-link/f", "f");
    Files.createSymbolicLink(root.resolve("becomes-a-link"), Path.of("was-a-file"));
    write(dest, "was-a-directory/deep/old", "old");
    write(dest, "was-a-file", "old");
    write(dest, "elsewhere", "precious");
    Files.createSymbolicLink(dest.resolve("was-a-link"), directory);
    write(dest, "becomes-a-link/old", "old");

    sync(SyncRules.excluding(List.of(exclude)), 2);

    assertThat(dest.resolve("was-a-directory")).hasContent("file");
    assertThat(dest.resolve("was-a-file/f")).hasContent("f");
    assertThat(dest.resolve("was-a-link")).isDirectory();
    assertThat(Files.isSymbolicLink(dest.resolve("was-a-link"))).isFalse();
    assertThat(Files.readSymbolicLink(dest.resolve("becomes-a-link")))
        .isEqualTo(Path.of("was-a-file"));
    assertThat(dest.toFile().list())
        .containsExactlyInAnyOrder("was-a-directory", "was-a-file", "was-a-link", "becomes-a-link");
    assertThat(said).contains("replace was-a-file/", "create was-a-file/f", "delete elsewhere");
  }

  @Test
  void aNewDirectoryComesWithoutWhatIsExcludedAndWithItsTime() throws Exception {
    write(root, "new/deep/f", "f");
    write(root, "new/deep/f.pid", "4711");
    write(root, "new/logs/today", "x");
    Files.createSymbolicLink(root.resolve("new/link"), Path.of("deep"));
    time(root.resolve("new/deep"));
    time(root.resolve("new"));

    SyncReport report = sync(SyncRules.excluding(List.of("*.pid", "logs/")), 2);

    assertThat(dest.resolve("new").toFile().list()).containsExactlyInAnyOrder("deep", "link");
    assertThat(dest.resolve("new/deep").toFile().list()).containsExactly("f");
    assertThat(Files.getLastModifiedTime(dest.resolve("new")).toInstant()).isEqualTo(THEN);
    assertThat(Files.getLastModifiedTime(dest.resolve("new/deep")).toInstant()).isEqualTo(THEN);
    assertThat(said)
        .contains("create new/", "create new/deep/", "create new/deep/f", "link new/link -> deep");
    assertThat(report.totals().orElseThrow().bytesWritten()).isEqualTo(1);
  }

  @Test
  void aDestThatDoesNotExistComesWithoutWhatIsExcluded() throws Exception {
    Files.delete(dest);
    write(root, "f", "f");
    write(root, "f.pid", "4711");
    write(root, "deep/logs/today", "x");
    time(root.resolve("deep"));
    time(root);

    sync(SyncRules.excluding(List.of("*.pid", "logs")), 1);

    assertThat(dest.toFile().list()).containsExactlyInAnyOrder("f", "deep");
    assertThat(dest.resolve("deep")).isEmptyDirectory();
    assertThat(Files.getLastModifiedTime(dest).toInstant()).isEqualTo(THEN);
    assertThat(Files.getLastModifiedTime(dest.resolve("deep")).toInstant()).isEqualTo(THEN);
  }

  @Test
  void aNewDirectoryWithHardLinksKeepsItsTime() throws Exception {
    write(root, "a", "same");
    Files.createDirectory(root.resolve("new"));
    Files.createLink(root.resolve("new/b"), root.resolve("a"));
    time(root.resolve("new"));
    time(root);
    Files.delete(dest);

    sync(SyncRules.DEFAULT, 0);

    assertThat(Files.getLastModifiedTime(dest.resolve("new")).toInstant()).isEqualTo(THEN);
    assertThat(Files.getLastModifiedTime(dest).toInstant()).isEqualTo(THEN);
    assertThat(Files.getLastModifiedTime(dest.resolve("a")).toInstant()).isEqualTo(THEN);
  }

  @Test
  void aFileThatOnlyDiffersInItsModeStaysTheSameFile() throws Exception {
    write(root, "f", "same");
    write(dest, "f", "same");
    Files.setAttribute(root.resolve("f"), "unix:mode", 0640);
    Files.setAttribute(dest.resolve("f"), "unix:mode", 0600);
    Object inode = Files.getAttribute(dest.resolve("f"), "unix:ino");
    time(root);
    time(dest);

    SyncReport report = sync(SyncRules.DEFAULT, 2);

    assertThat(Files.getAttribute(dest.resolve("f"), "unix:ino")).isEqualTo(inode);
    assertThat(Files.getAttribute(dest.resolve("f"), "unix:mode")).isEqualTo(0100640);
    assertThat(said).containsExactly("chmod 0640 f");
    assertThat(report.totals().orElseThrow().bytesKept()).isEqualTo(4);
  }

  @Test
  void ofTheSameContentByChecksumOnlyTheTimeChanges() throws Exception {
    write(root, "f", "same");
    write(dest, "f", "same");
    Files.setLastModifiedTime(dest.resolve("f"), FileTime.from(THEN.plusMillis(500)));
    Object inode = Files.getAttribute(dest.resolve("f"), "unix:ino");

    sync(SyncRules.DEFAULT, 0);
    assertThat(timeOf("f")).isEqualTo(THEN.plusMillis(500));

    sync(SyncRules.DEFAULT.withComparison(Comparison.CHECKSUM), 0);
    assertThat(timeOf("f")).isEqualTo(THEN);
    assertThat(Files.getAttribute(dest.resolve("f"), "unix:ino")).isEqualTo(inode);
  }

  @Test
  void aNameThatChangesInDestMeanwhileIsLookedAtAgain() throws Exception {
    write(root, "a", "new a");
    write(root, "b", "new b");
    write(dest, "a", "old");
    write(dest, "gone", "old");

    DeletionGuard meanwhile =
        count -> {
          write(dest, "a", "someone's");
          write(dest, "b", "someone's");
          Files.delete(dest.resolve("gone"));
        };
    new TreeSyncer().sync(new StagedTree(root), target(SyncRules.DEFAULT, 1).withGuard(meanwhile));

    assertThat(dest.resolve("a")).hasContent("new a");
    assertThat(dest.resolve("b")).hasContent("new b");
    assertThat(dest.resolve("gone")).doesNotExist();
    assertThat(said)
        .contains(
            "a: changed in dest while it was synced, looking at it again",
            "b: changed in dest while it was synced, looking at it again")
        .filteredOn(line -> line.equals("a"))
        .as("it is told again")
        .hasSize(2);
  }

  @Test
  void aNameThatChangesAgainAndAgainStopsTheSync() throws Exception {
    write(root, "a", "new");
    write(dest, "a", "0");
    StagedTree tree =
        new StagedTree(
            root, staging(() -> overwrite(dest.resolve("a"), "0".repeat(said.size() + 5))));

    assertThatThrownBy(() -> new TreeSyncer().sync(tree, target(SyncRules.DEFAULT, 1)))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("a: someone changes it in dest again and again")
        .hasMessageContaining("find out who, and deploy again");
    assertThat(said.stream().filter(line -> line.contains("looking at it again"))).hasSize(2);
  }

  /**
   * Files of which none is left out; {@code meanwhile} runs between each plan and its execution.
   */
  private static OmittedFiles staging(Runnable meanwhile) {
    return new OmittedFiles() {
      @Override
      public boolean isEmpty() {
        return false;
      }

      @Override
      public Collection<OmittedFile> in(Path directory) {
        return List.of();
      }

      @Override
      public void stage(Collection<Path> files) {
        meanwhile.run();
      }

      @Override
      public void stageAll() {
        meanwhile.run();
      }
    };
  }

  @Test
  void aPlanKeepsToTheLimitOfDeletionsAndAsksTheGuard() throws Exception {
    write(dest, "a", "a");
    write(dest, "b", "b");
    List<Deletions> asked = new ArrayList<>();
    SyncTarget target =
        target(SyncRules.DEFAULT, 0).withGuard(count -> asked.add(count.deletions()));

    new TreeSyncer().plan(new StagedTree(root), target);

    assertThat(asked).containsExactly(new Deletions(2, 2, List.of("a", "b")));
    assertThatThrownBy(
            () ->
                new TreeSyncer()
                    .plan(new StagedTree(root), target(SyncRules.DEFAULT.withMaxDelete(1), 0)))
        .hasMessageContaining("it would delete 2 names, such as a, b");
  }

  @Test
  void aThreadThatIsInterruptedPlansNothing() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(
            () -> new TreeSyncer().plan(new StagedTree(root), target(SyncRules.DEFAULT, 0)))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void aDestThatIsAFileNeedsNoContentsButAnotherPlace() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "x");
    assertThatThrownBy(
            () -> new TreeSyncer().needed(new SyncTarget(file, SyncRules.DEFAULT, 0, said::add)))
        .hasMessageContaining("file: dest is not a directory; move it away");
  }

  private static void overwrite(Path file, String content) {
    try {
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Instant timeOf(String name) throws IOException {
    return Files.getLastModifiedTime(dest.resolve(name), LinkOption.NOFOLLOW_LINKS).toInstant();
  }

  private SyncReport sync(SyncRules rules, int verbosity) throws Exception {
    return new TreeSyncer().sync(new StagedTree(root), target(rules, verbosity));
  }

  private SyncTarget target(SyncRules rules, int verbosity) {
    return new SyncTarget(dest, rules, verbosity, said::add);
  }

  private static void write(Path tree, String name, String content) throws IOException {
    Path file = tree.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    time(file);
  }

  private static void time(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(THEN));
  }
}
