package dev.stretcher.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.contract.SyncerContract;
import dev.stretcher.manifest.Comparison;
import dev.stretcher.manifest.FileMode;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.spi.ContentFilter;
import dev.stretcher.spi.Entry;
import dev.stretcher.spi.EntryType;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncPlan;
import dev.stretcher.spi.SyncReport;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.spi.Syncer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeSyncerTest extends SyncerContract {
  private static final Instant THEN = Instant.parse("2014-11-17T11:22:33Z");

  @TempDir private Path directory;
  private final List<String> said = Collections.synchronizedList(new ArrayList<>());
  private final TreeSyncer syncer = new TreeSyncer();
  private Path root;
  private Path dest;

  @Override
  protected Syncer syncer() {
    return new TreeSyncer();
  }

  @Override
  protected Set<Capability> capabilities() {
    return Set.of(Capability.UPDATE, Capability.EXCLUDES);
  }

  @BeforeEach
  void createRoots() throws IOException {
    root = Files.createDirectories(directory.resolve("staging/root"));
    dest = Files.createDirectory(directory.resolve("dest"));
  }

  @Test
  void saysLikeRsyncWhatItChanges() throws Exception {
    write(root, "new", "new");
    write(root, "changed", "changed");
    write(root, "same", "same");
    Files.createSymbolicLink(root.resolve("link"), Path.of("new"));
    write(root, "dir/file", "file");
    write(dest, "changed", "old");
    write(dest, "same", "same");
    write(dest, "gone/file", "gone");
    time(root);

    SyncReport report = sync(SyncRules.DEFAULT, 1);

    assertThat(said)
        .containsExactly(
            "changed",
            "dir/",
            "dir/file",
            "link -> new",
            "new",
            "deleting gone/file",
            "deleting gone/",
            "./");
    assertThat(report.summary())
        .matches("tree: 6 changed \\(14 bytes written, 4 bytes kept\\), 2 deleted in .*");
    assertThat(report.totals().orElseThrow().bytesWritten()).isEqualTo(14);
    assertThat(report.totals().orElseThrow().deletions()).isEqualTo(2);
  }

  @Test
  void aDirectoryKeepsTheFractionOfItsTimeIfOnlyAttributesChangeInIt() throws Exception {
    for (Path tree : List.of(root, dest)) {
      Path link = Files.createSymbolicLink(tree.resolve("link"), Path.of("same"));
      Files.getFileAttributeView(link, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .setTimes(FileTime.from(tree.equals(root) ? THEN.plusSeconds(9) : THEN), null, null);
    }
    Files.setLastModifiedTime(root, FileTime.from(THEN.plusMillis(123)));
    time(dest);

    sync(SyncRules.DEFAULT, 1);

    assertThat(Files.getLastModifiedTime(dest.resolve("link"), LinkOption.NOFOLLOW_LINKS))
        .isEqualTo(FileTime.from(THEN.plusSeconds(9)));
    assertThat(Files.getLastModifiedTime(dest)).isEqualTo(FileTime.from(THEN));
  }

  @Test
  void saysNothingOfFilesWithoutVerbosity() throws Exception {
    write(root, "new", "new");
    time(root);

    SyncReport report = sync(SyncRules.DEFAULT, 0);

    assertThat(said).isEmpty();
    assertThat(report.summary())
        .startsWith("tree: 2 changed (3 bytes written, 0 bytes kept), 0 deleted");
  }

  @Test
  void saysWhatItDoesToEachNameWithMoreVerbosity() throws Exception {
    write(root, "f", "f");
    Files.createDirectories(root.resolve("d"));
    mode(root.resolve("d"), 0700);
    Files.createDirectories(dest.resolve("d"));
    mode(dest.resolve("d"), 0755);
    time(root.resolve("d"));
    time(dest.resolve("d"));
    time(root);
    time(dest);

    sync(SyncRules.DEFAULT, 2);

    assertThat(said).containsExactly("create f", "chmod 0700 d/");
  }

  @Test
  void plansWithoutDoing() throws Exception {
    write(root, "new", "new");
    write(dest, "old", "old");
    time(root);
    time(dest);

    SyncPlan plan = syncer.plan(new StagedTree(root), target(SyncRules.DEFAULT, 1)).orElseThrow();

    assertThat(plan.lines()).containsExactly("create new", "delete old");
    assertThat(plan.summary())
        .isEqualTo("tree: 1 to change (3 bytes to write, 0 bytes kept), 1 to delete");
    assertThat(dest.resolve("old")).exists();
    assertThat(dest.resolve("new")).doesNotExist();
    assertThat(root.resolve("new")).exists();
    assertThat(said).isEmpty();
  }

  @Test
  void refusesAPlanThatDeletesTooMuchAndTouchesNothing() throws Exception {
    write(root, "new", "new");
    write(dest, "a/b", "x");
    write(dest, "c", "x");

    assertThatThrownBy(() -> sync(SyncRules.DEFAULT.withMaxDelete(2), 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(
            "it would delete 3 names, such as a/, a/b, c, which is more than max_delete: 2")
        .hasMessageContaining("raise max_delete");
    assertThat(dest.resolve("a/b")).exists();
    assertThat(dest.resolve("new")).doesNotExist();
    assertThat(said).isEmpty();

    sync(SyncRules.DEFAULT.withMaxDelete(3), 1);
    assertThat(dest.resolve("new")).exists();
    assertThat(dest.resolve("c")).doesNotExist();
  }

  @Test
  void trustsTheQuickCheckUnlessContentsAreCompared() throws Exception {
    write(root, "f", "new");
    write(dest, "f", "old");

    sync(SyncRules.DEFAULT, 1);
    assertThat(dest.resolve("f")).hasContent("old");

    sync(SyncRules.DEFAULT.withComparison(Comparison.CHECKSUM), 1);
    assertThat(dest.resolve("f")).hasContent("new");
  }

  @Test
  void makesHardLinksFilesOfTheirOwn() throws Exception {
    write(root, "a", "same");
    Files.createLink(root.resolve("b"), root.resolve("a"));
    Files.createDirectories(root.resolve("new"));
    Files.createLink(root.resolve("new/c"), root.resolve("a"));

    sync(SyncRules.DEFAULT, 1);

    for (String name : List.of("a", "b", "new/c")) {
      assertThat(dest.resolve(name)).hasContent("same");
      assertThat(Files.getAttribute(dest.resolve(name), "unix:nlink")).isEqualTo(1);
      assertThat(Files.getLastModifiedTime(dest.resolve(name)).toInstant()).isEqualTo(THEN);
    }
  }

  @Test
  void followsDestItselfAsASlashAtItsEndDoes() throws Exception {
    write(root, "new", "new");
    Path link = Files.createSymbolicLink(directory.resolve("link"), dest);

    syncer.sync(new StagedTree(root), new SyncTarget(link, SyncRules.DEFAULT, 1, said::add));

    assertThat(link).isSymbolicLink();
    assertThat(dest.resolve("new")).hasContent("new");
  }

  @Test
  void refusesADestThatIsALinkToNothing() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("nowhere"));

    assertThatThrownBy(
            () ->
                syncer.sync(
                    new StagedTree(root), new SyncTarget(link, SyncRules.DEFAULT, 1, said::add)))
        .hasMessageContaining("link: dest is not a directory; move it away");
    assertThat(link).isSymbolicLink();
  }

  @Test
  void refusesToDeleteWhatIsExcludedToMakeWay() throws Exception {
    write(root, "data", "now a file");
    write(root, "other", "other");
    write(dest, "data/kept.pid", "4711");

    assertThatThrownBy(() -> sync(SyncRules.excluding(List.of("*.pid")), 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("data")
        .hasMessageContaining("a directory with something excluded in it")
        .hasMessageContaining("move the directory away");
    assertThat(dest.resolve("data/kept.pid")).hasContent("4711");
    assertThat(dest.resolve("other")).doesNotExist();
  }

  @Test
  void leavesDeploysAloneThatWorkOnDirectoriesInsideDest() throws Exception {
    write(root, "f", "f");
    Path staged = Path.of("gone/.stretcher-0123456789abcdef-42").resolve("root").resolve("file");
    write(dest, staged.toString(), "staged");
    write(dest, "gone/.stretcher-0123456789abcdef.lock", "4711");
    write(dest, "gone/.stretcher-0123456789abcdef.wait-0-42-x", "");
    write(dest, "gone/file", "x");
    write(dest, ".stretcher-no-key/file", "x");

    sync(SyncRules.DEFAULT, 1);

    assertThat(dest.resolve(staged)).hasContent("staged");
    assertThat(dest.resolve("gone/.stretcher-0123456789abcdef.lock")).exists();
    assertThat(dest.resolve("gone/.stretcher-0123456789abcdef.wait-0-42-x")).exists();
    assertThat(dest.resolve("gone/file")).doesNotExist();
    assertThat(dest.resolve(".stretcher-no-key")).doesNotExist();
  }

  @Test
  void keepsTheDirectoriesOfWhatIsExcluded() throws Exception {
    write(root, "f", "f");
    write(dest, "gone/deep/kept.pid", "4711");
    write(dest, "gone/deep/file", "x");
    write(dest, "gone/file", "x");

    sync(SyncRules.excluding(List.of("*.pid")), 1);

    assertThat(dest.resolve("gone/deep/kept.pid")).hasContent("4711");
    assertThat(dest.resolve("gone/deep/file")).doesNotExist();
    assertThat(dest.resolve("gone/file")).doesNotExist();
    assertThat(said).contains("deleting gone/file").doesNotContain("deleting gone/");
  }

  @Test
  void saysNamesAsTheyAre() throws Exception {
    write(root, "new\nline\u001b[2J", "x");
    write(root, "carried\n/by\n", "x");

    sync(SyncRules.DEFAULT, 1);

    assertThat(said).contains("new\nline\u001b[2J", "carried\n/", "carried\n/by\n");
  }

  @Test
  void needsTheContentsThatDestDoesNotHave() throws Exception {
    write(dest, "same", "same");
    write(dest, "other-size", "x");
    write(dest, "other-time", "same");
    Files.setLastModifiedTime(dest.resolve("other-time"), FileTime.from(THEN.plusSeconds(1)));
    write(dest, "real/f", "same");
    Files.createSymbolicLink(dest.resolve("link"), Path.of("real"));
    Files.createDirectories(dest.resolve("is-a-directory"));

    ContentFilter quick = syncer.needed(target(SyncRules.excluding(List.of("*.pid", "log/")), 1));

    assertThat(quick.needs(entry("same"))).isFalse();
    assertThat(quick.needs(entry("real/f"))).isFalse();
    assertThat(quick.needs(entry("x.pid"))).isFalse();
    assertThat(quick.needs(entry("log/deep/f"))).isFalse();
    assertThat(quick.needs(entry("link/f"))).isTrue();
    assertThat(quick.needs(entry("other-size"))).isTrue();
    assertThat(quick.needs(entry("other-time"))).isTrue();
    assertThat(quick.needs(entry("is-a-directory"))).isTrue();
    assertThat(quick.needs(entry("absent"))).isTrue();
    ContentFilter checksum =
        syncer.needed(target(SyncRules.DEFAULT.withComparison(Comparison.CHECKSUM), 1));
    assertThat(checksum.needs(entry("same"))).isTrue();
    ContentFilter from =
        syncer.needed(target(SyncRules.DEFAULT.withExcludeFrom(Path.of("same")), 1));
    assertThat(from.needs(entry("same"))).isTrue();
  }

  @Test
  void refusesWhatIsNoPatternBeforeAnythingElse() {
    assertThatThrownBy(() -> syncer.check(target(SyncRules.excluding(List.of("- ")), 1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the exclude pattern '- ' is empty");
  }

  private static Entry entry(String name) {
    return new Entry(Path.of(name), EntryType.FILE, new FileMode(0644), 4, THEN, Optional.empty());
  }

  private SyncReport sync(SyncRules rules, int verbosity) throws Exception {
    return syncer.sync(new StagedTree(root), target(rules, verbosity));
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

  private static void mode(Path file, int mode) throws IOException {
    Files.setAttribute(file, "unix:mode", mode, LinkOption.NOFOLLOW_LINKS);
  }
}
