package dev.stretcher.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.manifest.Digest;
import dev.stretcher.manifest.FileMode;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.spi.ContentFilter;
import dev.stretcher.spi.DeletionGuard;
import dev.stretcher.spi.Deletions;
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
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the engine relies on in a {@link Syncer}. */
public abstract class SyncerContract {
  /** What a syncer is able to do beyond filling a dest that does not exist. */
  public enum Capability {
    /** It updates a dest that exists, and deletes what is not in the tree. */
    UPDATE,
    /** It leaves excluded names alone. */
    EXCLUDES,
    /**
     * The tree is not in dest itself but in another directory, such as one that dest leads to: the
     * test overrides {@link #content}. Tests put nothing into its dest by themselves, and do not
     * expect it to delete what is not in the tree.
     */
    OTHER_LAYOUT
  }

  private static final Instant LONG_AGO = Instant.parse("2014-11-17T11:22:33Z");

  @TempDir private Path directory;
  private final List<String> output = new CopyOnWriteArrayList<>();
  private Path staged;
  private Path dest;

  /** Returns the syncer under test. */
  protected abstract Syncer syncer();

  /** Returns what the syncer is able to do. */
  protected abstract Set<Capability> capabilities();

  /**
   * Returns the directory that has the tree that was synced to {@code dest} last. The default is
   * dest; a syncer of {@link Capability#OTHER_LAYOUT} overrides it.
   */
  protected Path content(Path dest) throws IOException {
    return dest;
  }

  @BeforeEach
  void stage() throws IOException {
    staged = Files.createDirectories(directory.resolve(".staging/root"));
    dest = directory.resolve("app");
    write(staged.resolve("bin/run"), "#!/bin/sh");
    Files.setPosixFilePermissions(
        staged.resolve("bin/run"), PosixFilePermissions.fromString("rwxr-x--x"));
    write(staged.resolve("data.txt"), "data");
    Files.createDirectories(staged.resolve("empty"));
    Files.createSymbolicLink(staged.resolve("current"), Path.of("data.txt"));
    Files.createSymbolicLink(staged.resolve("dangling"), Path.of("/no/such/file"));
    Files.setLastModifiedTime(staged.resolve("empty"), FileTime.from(LONG_AGO));
  }

  @Test
  public void hasAName() {
    assertThat(syncer().name()).matches("[a-z][a-z0-9_-]*");
  }

  @Test
  public void namesOnlyRulesThatItIsGivenAsUnsupported() {
    assertThat(syncer().unsupported(SyncRules.DEFAULT)).isEmpty();
    SyncRules excluding = SyncRules.excluding(List.of("*.pid"));
    assertThat(excluding.given()).containsAll(syncer().unsupported(excluding));
    if (can(Capability.EXCLUDES)) {
      assertThat(syncer().unsupported(excluding)).isEmpty();
    }
  }

  @Test
  public void fillsADestThatDoesNotExist() throws Exception {
    SyncReport report = sync();

    assertThat(report.summary()).isNotBlank().doesNotContain("\n");
    Path content = content(dest);
    assertThat(content.resolve("bin/run")).hasContent("#!/bin/sh");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(content.resolve("bin/run"))))
        .isEqualTo("rwxr-x--x");
    assertThat(modified("data.txt")).isEqualTo(LONG_AGO);
    assertThat(modified("empty")).isEqualTo(LONG_AGO);
    assertThat(content.resolve("empty")).isEmptyDirectory();
    assertThat(Files.readSymbolicLink(content.resolve("current"))).hasToString("data.txt");
    assertThat(Files.readSymbolicLink(content.resolve("dangling"))).hasToString("/no/such/file");
  }

  @Test
  public void givesDestTheModeOfTheTree() throws Exception {
    Files.setPosixFilePermissions(staged, PosixFilePermissions.fromString("rwx--x--x"));

    sync();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(content(dest))))
        .isEqualTo("rwx--x--x");
  }

  @Test
  public void takesNamesAsTheyAre() throws Exception {
    List<String> names = List.of("with space", "-a", "--delete", "new\nline", "host:x", "*", "[a]");
    for (String name : names) {
      write(staged.resolve(name), name);
    }

    sync();

    for (String name : names) {
      assertThat(content(dest).resolve(name)).hasContent(name);
    }
  }

  @Test
  public void takesTheNameOfDestAsItIs() throws Exception {
    for (String name : List.of("-dest", "host:dest", "de st", "de\nst", "rsync:")) {
      Path odd = directory.resolve(name);
      Path tree =
          Files.createDirectories(directory.resolve(".staging-" + name.hashCode() + "/root"));
      write(tree.resolve("f"), name);

      syncer().sync(new StagedTree(tree), target(odd, List.of(), Optional.empty()));

      assertThat(content(odd).resolve("f")).hasContent(name);
    }
  }

  @Test
  public void updatesADestThatExists() throws Exception {
    assumeUpdatesInPlace();
    write(dest.resolve("data.txt"), "other");
    write(dest.resolve("gone/deep/file"), "x");
    Files.createDirectories(dest.resolve("current/was-a-directory"));
    write(dest.resolve("empty"), "was a file");

    sync();

    assertThat(dest.resolve("data.txt")).hasContent("data");
    assertThat(dest.resolve("gone")).doesNotExist();
    assertThat(dest.resolve("current")).isSymbolicLink();
    assertThat(dest.resolve("empty")).isEmptyDirectory();
  }

  @Test
  public void followsNoLinkInDest() throws Exception {
    assumeUpdatesInPlace();
    Path outside = directory.resolve("outside");
    write(outside.resolve("precious"), "precious");
    Files.createDirectories(dest);
    Files.createSymbolicLink(dest.resolve("bin"), outside);
    Files.createSymbolicLink(dest.resolve("data.txt"), outside.resolve("precious"));
    Files.createSymbolicLink(dest.resolve("gone"), outside);

    sync();

    assertThat(outside).isDirectoryContaining("glob:**/precious");
    assertThat(outside.resolve("precious")).hasContent("precious");
    assertThat(outside.resolve("run")).doesNotExist();
    assertThat(dest.resolve("bin")).isDirectory();
    assertThat(Files.isSymbolicLink(dest.resolve("bin"))).isFalse();
  }

  @Test
  public void isDoneAfterASecondSyncToo() throws Exception {
    assumeTrue(can(Capability.UPDATE), "the syncer does not update");
    write(staged.resolve("gone"), "x");
    sync();
    stageAgain();
    write(staged.resolve("data.txt"), "new");
    sync();

    assertThat(content(dest).resolve("bin/run")).hasContent("#!/bin/sh");
    assertThat(content(dest).resolve("data.txt")).hasContent("new");
    assertThat(content(dest).resolve("gone")).doesNotExist();
  }

  @Test
  public void neitherChangesNorDeletesWhatIsExcluded() throws Exception {
    assumeTrue(can(Capability.EXCLUDES), "the syncer has no excludes");
    write(dest.resolve("app.pid"), "4711");
    write(dest.resolve("data.txt"), "kept");
    write(dest.resolve("log/today"), "kept");

    syncer()
        .sync(
            new StagedTree(staged),
            target(dest, List.of("*.pid", "/data.txt", "log/"), Optional.empty()));

    assertThat(dest.resolve("app.pid")).hasContent("4711");
    assertThat(dest.resolve("data.txt")).hasContent("kept");
    assertThat(dest.resolve("log/today")).hasContent("kept");
    assertThat(dest.resolve("bin/run")).exists();
  }

  @Test
  public void readsExcludesFromAFileOfTheTree() throws Exception {
    assumeTrue(can(Capability.EXCLUDES), "the syncer has no excludes");
    write(staged.resolve("conf/exclude.list"), "# comment\n*.pid\n\n");
    write(dest.resolve("app.pid"), "4711");

    syncer()
        .sync(
            new StagedTree(staged),
            target(dest, List.of(), Optional.of(Path.of("conf/exclude.list"))));

    assertThat(dest.resolve("app.pid")).hasContent("4711");
    assertThat(dest.resolve("conf/exclude.list")).exists();
  }

  @Test
  public void plansWithoutChangingAnything() throws Exception {
    assumeUpdatesInPlace();
    write(dest.resolve("data.txt"), "other");
    write(dest.resolve("gone/file"), "x");
    Map<String, String> before = TreeState.of(dest);

    Optional<SyncPlan> plan =
        syncer().plan(new StagedTree(staged), target(dest, List.of(), Optional.empty()));

    assertThat(TreeState.of(dest)).isEqualTo(before);
    plan.ifPresent(
        what -> {
          assertThat(what.lines()).anyMatch(line -> line.contains("gone"));
          assertThat(what.lines()).noneMatch(line -> line.contains("\n"));
          assertThat(what.summary()).isNotBlank();
        });
    sync();
    assertThat(dest.resolve("data.txt")).hasContent("data");
    assertThat(dest.resolve("gone")).doesNotExist();
  }

  @Test
  public void asksBeforeItDeletesAndChangesNothingIfItMayNot() throws Exception {
    assumeUpdatesInPlace();
    write(dest.resolve("data.txt"), "other");
    write(dest.resolve("gone/deep/file"), "x");
    Map<String, String> before = TreeState.of(dest);
    List<Deletions> asked = new ArrayList<>();
    DeletionGuard guard =
        count -> {
          asked.add(count.deletions());
          throw new IOException("it may not");
        };

    assertThatThrownBy(
            () ->
                syncer()
                    .sync(
                        new StagedTree(staged),
                        target(dest, List.of(), Optional.empty()).withGuard(guard)))
        .hasMessageContaining("it may not");

    assertThat(TreeState.of(dest)).isEqualTo(before);
    assertThat(asked)
        .singleElement()
        .satisfies(
            deletions -> {
              assertThat(deletions.names()).isEqualTo(3);
              assertThat(deletions.present()).isEqualTo(4);
              assertThat(deletions.examples()).anyMatch(name -> name.startsWith("gone"));
            });
    sync();
    assertThat(dest.resolve("gone")).doesNotExist();
  }

  @Test
  public void doesNotCountWhatIsExcludedAsDeletedOrPresent() throws Exception {
    assumeUpdatesInPlace();
    assumeTrue(can(Capability.EXCLUDES), "the syncer has no excludes");
    write(dest.resolve("log/today"), "kept");
    write(dest.resolve("data.txt"), "other");
    write(dest.resolve("gone"), "x");
    List<Deletions> asked = new ArrayList<>();

    syncer()
        .sync(
            new StagedTree(staged),
            target(dest, List.of("log/"), Optional.empty())
                .withGuard(count -> asked.add(count.deletions())));

    assertThat(asked).containsExactly(new Deletions(1, 2, List.of("gone")));
  }

  /** A syncer may heed or ignore what is known: a tree that is staged says what dest becomes. */
  @Test
  public void makesDestTheTreeWhateverIsKnownOfIt() throws Exception {
    assumeTrue(can(Capability.UPDATE), "the syncer does not update");
    sync();
    stageAgain();
    write(staged.resolve("data.txt"), "other data");
    Optional<Digest> known = Optional.of(Digest.parse("sha256:" + "0".repeat(64)));

    syncer()
        .sync(
            new StagedTree(staged),
            target(dest, List.of(), Optional.empty()).withKnown((path, size, modified) -> known));

    assertThat(content(dest).resolve("bin/run")).hasContent("#!/bin/sh");
    assertThat(content(dest).resolve("data.txt")).hasContent("other data");
    assertThat(modified("data.txt")).isEqualTo(LONG_AGO);
  }

  @Test
  public void saysWhatItNeedsWhateverIsKnown() throws Exception {
    sync();
    ContentFilter filter =
        syncer()
            .needed(
                target(dest, List.of(), Optional.empty())
                    .withKnown((path, size, modified) -> Optional.empty()));
    Entry absent =
        new Entry(
            Path.of("no/such/file"),
            EntryType.FILE,
            new FileMode(0644),
            3,
            LONG_AGO,
            Optional.empty(),
            Optional.of(Digest.parse("sha256:" + "0".repeat(64))));

    assertThat(filter.needs(absent)).as("a content that dest does not have").isTrue();
    assertThat(
            filter.needsDirectory(
                new Entry(
                    Path.of("no/such"),
                    EntryType.DIRECTORY,
                    new FileMode(0755),
                    0,
                    LONG_AGO,
                    Optional.empty())))
        .as("a directory that dest does not have")
        .isTrue();
  }

  @Test
  public void failsWhenTheParentOfDestIsMissing() {
    SyncTarget target = target(directory.resolve("no/such/dest"), List.of(), Optional.empty());

    assertThatThrownBy(() -> syncer().sync(new StagedTree(staged), target))
        .isInstanceOf(IOException.class)
        .satisfies(e -> assertThat(e.getMessage()).isNotBlank());
  }

  @Test
  public void refusesATreeWhoseRootBecameALink() throws Exception {
    Path outside = directory.resolve("outside");
    write(outside.resolve("precious"), "precious");
    StagedTree tree = new StagedTree(staged);
    Files.move(staged, directory.resolve(".staging/aside"));
    Files.createSymbolicLink(staged, outside);

    assertThatThrownBy(() -> syncer().sync(tree, target(dest, List.of(), Optional.empty())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it was replaced");
    assertThat(Files.isSymbolicLink(dest)).isFalse();
    assertThat(dest.resolve("precious")).doesNotExist();
    assertThat(outside.resolve("precious")).hasContent("precious");
  }

  @Test
  public void refusesATreeWhoseRootBecameAnotherDirectory() throws Exception {
    StagedTree tree = new StagedTree(staged);
    Files.move(staged, directory.resolve(".staging/aside"));
    write(staged.resolve("other"), "other");

    assertThatThrownBy(() -> syncer().sync(tree, target(dest, List.of(), Optional.empty())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it was replaced");
    assertThat(dest.resolve("other")).doesNotExist();
    assertThat(staged.resolve("other")).hasContent("other");
  }

  @Test
  public void deletesInNoDirectoryThatTookThePlaceOfDest() throws Exception {
    assumeUpdatesInPlace();
    Path outside = directory.resolve("outside");
    write(outside.resolve("precious"), "precious");
    write(dest.resolve("old"), "old");
    SyncTarget target = target(dest, List.of(), Optional.empty());
    Files.move(dest, directory.resolve("aside"));
    Files.createSymbolicLink(dest, outside);

    assertThatThrownBy(() -> syncer().sync(new StagedTree(staged), target))
        .isInstanceOf(IOException.class);
    assertThat(outside.resolve("precious")).hasContent("precious");
    assertThat(outside.resolve("data.txt")).doesNotExist();
  }

  @Test
  public void fillsNoDirectoryThatALinkLeadsToSinceDestWasFoundAbsent() throws Exception {
    Path outside = directory.resolve("outside");
    write(outside.resolve("precious"), "precious");
    SyncTarget target = target(dest, List.of(), Optional.empty());
    Files.createSymbolicLink(dest, outside);

    if (can(Capability.OTHER_LAYOUT)) {
      trySync(target);
    } else {
      assertThatThrownBy(() -> syncer().sync(new StagedTree(staged), target))
          .isInstanceOf(IOException.class);
    }
    assertThat(outside.resolve("precious")).hasContent("precious");
    assertThat(outside.resolve("data.txt")).doesNotExist();
  }

  @Test
  public void asksBeforeItChangesAnythingInAnotherLayout() throws Exception {
    assumeTrue(can(Capability.OTHER_LAYOUT), "the tree is in dest");
    sync();
    stageAgain();
    write(staged.resolve("data.txt"), "new");
    Map<String, String> before = TreeState.of(content(dest));
    DeletionGuard guard =
        count -> {
          throw new IOException("it may not");
        };

    assertThatThrownBy(
            () ->
                syncer()
                    .sync(
                        new StagedTree(staged),
                        target(dest, List.of(), Optional.empty()).withGuard(guard)))
        .hasMessageContaining("it may not");

    assertThat(TreeState.of(content(dest))).isEqualTo(before);
  }

  @Test
  public void bringsTheTreeToDiskBeforeDestLeadsThere() throws Exception {
    assumeTrue(can(Capability.OTHER_LAYOUT), "the tree is in dest");
    Flushed flushed = new Flushed();

    syncer()
        .sync(new StagedTree(staged), target(dest, List.of(), Optional.empty()).withDisk(flushed));

    Path content = content(dest).toRealPath();
    assertThat(flushed.trees).anyMatch(content::startsWith);
    assertThat(flushed.leadingThere).as("dest led there before it was on disk").isEmpty();
    if (syncer().makesLink()) {
      assertThat(dest).isSymbolicLink();
      assertThat(flushed.names).contains(directory.toRealPath());
    }
  }

  /** Notes what a syncer brings to disk. */
  private final class Flushed implements SyncTarget.Disk {
    final List<Path> trees = new CopyOnWriteArrayList<>();
    final List<Path> names = new CopyOnWriteArrayList<>();
    final List<Path> leadingThere = new CopyOnWriteArrayList<>();

    @Override
    public void flush(Path tree) throws IOException {
      trees.add(tree.toRealPath());
      if (Files.exists(content(dest))) {
        leadingThere.add(tree);
      }
    }

    @Override
    public void flushNames(Path changed) throws IOException {
      names.add(changed.toRealPath());
    }

    @Override
    public void flushChanged(Path tree, Collection<Path> changed) throws IOException {
      for (Path each : changed) {
        names.add(tree.toRealPath().resolve(each));
      }
    }
  }

  private void assumeUpdatesInPlace() {
    assumeTrue(can(Capability.UPDATE), "the syncer does not update");
    assumeTrue(!can(Capability.OTHER_LAYOUT), "the tree is not in dest");
  }

  private void trySync(SyncTarget target) throws InterruptedException {
    try {
      syncer().sync(new StagedTree(staged), target);
    } catch (IOException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Test
  public void saysWhatItDoesLineByLine() throws Exception {
    sync();

    assertThat(output).isNotEmpty().noneMatch(line -> line.contains("\n"));
  }

  @Test
  public void doesNothingInAThreadThatIsInterrupted() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(this::sync).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    assertThat(dest).doesNotExist();
  }

  @Test
  public void leavesAFileInThePlaceOfDestAlone() throws Exception {
    write(dest, "a file");

    assertThatThrownBy(this::sync).isInstanceOf(IOException.class);
    assertThat(dest).hasContent("a file");
  }

  /** Returns what the syncer said so far. */
  protected List<String> output() {
    return output;
  }

  private SyncReport sync() throws IOException, InterruptedException {
    return syncer().sync(new StagedTree(staged), target(dest, List.of(), Optional.empty()));
  }

  private SyncTarget target(Path to, List<String> excludes, Optional<Path> excludeFrom) {
    SyncRules rules = SyncRules.excluding(excludes);
    return new SyncTarget(
        to, excludeFrom.map(rules::withExcludeFrom).orElse(rules), 1, output::add);
  }

  /** Stages the tree anew, whether the syncer has moved or copied the one before. */
  private void stageAgain() throws IOException {
    if (Files.exists(staged)) {
      try (Stream<Path> names = Files.walk(staged)) {
        for (Path name : names.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(name);
        }
      }
    }
    stage();
  }

  private boolean can(Capability capability) {
    return capabilities().contains(capability);
  }

  private Instant modified(String name) throws IOException {
    return Files.getLastModifiedTime(content(dest).resolve(name), LinkOption.NOFOLLOW_LINKS)
        .toInstant();
  }

  private static void write(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
  }
}
