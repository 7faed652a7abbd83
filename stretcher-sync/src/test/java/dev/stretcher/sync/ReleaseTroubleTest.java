package dev.stretcher.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.contract.TreeState;
import dev.stretcher.release.NewRelease;
import dev.stretcher.release.Release;
import dev.stretcher.release.Release.State;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.spi.Syncer;
import dev.stretcher.sync.internal.directory.Privilege;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dest that is not as a deploy has left it, or not as one needs it. */
class ReleaseTroubleTest {
  @TempDir private Path directory;
  private ReleaseFixture shop;
  private Path current;
  private Path releases;

  @BeforeEach
  void name() {
    shop = new ReleaseFixture(directory);
    current = shop.dest.resolve("current");
    releases = shop.dest.resolve("releases");
  }

  private void assertRefused(Path file, String remedy) throws IOException {
    Map<String, String> before = TreeState.of(directory);
    assertThatThrownBy(() -> shop.syncer().check(shop.target()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(remedy);
    assertThatThrownBy(() -> shop.prepare("new"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(remedy);
    Map<String, String> after = TreeState.of(directory);
    // The engine removes what was staged.
    before.keySet().removeIf(path -> path.contains(".staging-"));
    after.keySet().removeIf(path -> path.contains(".staging-"));
    assertThat(after).isEqualTo(before);
  }

  private Path oldRelease(String id) throws IOException {
    ReleaseFixture.write(releases.resolve(id).resolve("version"), "version " + id);
    return releases.resolve(id);
  }

  @Test
  void aCurrentThatIsADirectoryIsRefused() throws Exception {
    ReleaseFixture.write(current.resolve("index.html"), "precious");

    assertRefused(current, "it is a directory, not a link to a release; move it away");
  }

  @Test
  void aCurrentThatIsAFileIsRefused() throws Exception {
    ReleaseFixture.write(current, "precious");

    assertRefused(current, "it is a file, not a link to a release; move it away");
  }

  @Test
  void aCurrentThatLeadsElsewhereIsRefused() throws Exception {
    Path other = Files.createDirectories(directory.resolve("other/app"));
    oldRelease("20240101");
    Files.createSymbolicLink(current, other);
    assertRefused(current, "it leads to " + other + ", not to a release; move it away");

    Files.delete(current);
    Files.createDirectories(releases.resolve("20240101/in/it"));
    Files.createSymbolicLink(current, Path.of("releases/20240101/in"));
    assertRefused(current, "not to a release; move it away");
  }

  @Test
  void aCurrentThatLeadsToNothingIsReplacedWithAWarning() throws Exception {
    Files.createDirectories(releases);
    Files.createSymbolicLink(current, Path.of("releases/gone"));
    shop.syncer().check(shop.target());

    shop.deploy("new");

    assertThat(current.resolve("version")).hasContent("version new");
    assertThat(Files.readSymbolicLink(current)).hasToString("releases/release-new");
    assertThat(shop.output).anyMatch(line -> line.contains("led to nothing, and is replaced"));
  }

  @Test
  void theTreeOfAnotherToolIsAdoptedAsItIs() throws Exception {
    Path old = oldRelease("20240101");
    oldRelease("20240102");
    oldRelease("20231231");
    Files.createDirectories(releases.resolve("not a release"));
    Files.createSymbolicLink(current, old);
    assertThat(shop.syncer().isAt(shop.dest)).isTrue();
    assertThat(shop.syncer().list(shop.dest))
        .extracting(Release::id, Release::state, Release::live)
        .containsExactly(
            Tuple.tuple("20231231", State.ADOPTED, false),
            Tuple.tuple("20240101", State.GOOD, true),
            Tuple.tuple("20240102", State.ADOPTED, false));
    assertThat(shop.dest.resolve(".stretcher")).doesNotExist();

    shop.deploy("new");
    shop.syncer().prune(shop.target());

    assertThat(shop.ids()).containsExactly("20231231", "20240101", "20240102", "release-new");
    assertThat(releases.resolve("not a release")).exists();
    shop.syncer().verify(shop.target(), shop.release("20240101"));
    shop.syncer().activate(shop.target(), shop.release("20240101"));
    assertThat(current.resolve("version")).hasContent("version 20240101");
  }

  @Test
  void aJournalThatWasDeletedCostsNoRelease() throws Exception {
    shop.keeping(1);
    shop.deploy("1");
    shop.deploy("2");
    Files.delete(shop.dest.resolve(".stretcher/releases.jsonl"));

    // Nobody knows any more whether they were good, also of the one that is live.
    for (String id : List.of("release-1", "release-2")) {
      assertThat(shop.release(id).state()).isEqualTo(State.UNKNOWN);
      assertThat(shop.release(id).proven()).isFalse();
      assertThat(shop.release(id).origin().orElseThrow().manifest()).startsWith("manifest of ");
      shop.syncer().verify(shop.target(), shop.release(id));
    }
    shop.deploy("3");
    shop.syncer().prune(shop.target());

    assertThat(shop.ids()).containsExactly("release-2", "release-3");
    assertThat(shop.release("release-2").state()).isEqualTo(State.UNKNOWN);
    Files.delete(shop.dest.resolve("releases/release-2/version"));
    assertThatThrownBy(() -> shop.syncer().verify(shop.target(), shop.release("release-2")))
        .hasMessageContaining("version");
  }

  @Test
  void aFileThatWasChangedInPlaceIsExplainedByTheReleaseThatHasItToo() throws Exception {
    Release one = shop.deploy("1");
    Path same = one.directory().resolve("lib/same");
    Files.createLink(oldRelease("other").resolve("lib-same"), same);
    shop.deploy("2");
    Path linked = releases.resolve("release-2/lib/same");
    Files.deleteIfExists(linked);
    Files.createLink(linked, same);

    Files.setAttribute(linked, "unix:mode", 0600);

    assertThatThrownBy(() -> shop.syncer().verify(shop.target(), one))
        .hasMessageContaining(
            "something in it is gone: lib/same; lib/same is one file with that of")
        .hasMessageContaining(
            "release release-2, by a hard link, and was probably changed in place");
    shop.rules = shop.rules.withRelease(shop.rules.release().withId("release-1"));
    assertThatThrownBy(() -> shop.syncer().find(shop.target(), ReleaseFixture.origin("1")))
        .hasMessageContaining("release release-1: it was changed")
        .hasMessageEndingWith("; give release.id another value");
  }

  @Test
  void theGoodOneStaysThatARollbackWouldLeadTo() throws Exception {
    shop.keeping(1);
    oldRelease("20240101");
    oldRelease("20240103");
    Files.createSymbolicLink(current, oldRelease("20240102"));

    shop.deploy("new");
    shop.syncer().prune(shop.target());

    assertThat(shop.ids()).containsExactly("20240102", "release-new");
  }

  @Test
  void aJournalThatWasEmptiedOrCutCostsNoRelease() throws Exception {
    for (int lines : List.of(0, 3, 6)) {
      shop = new ReleaseFixture(Files.createDirectory(directory.resolve("with-" + lines)));
      shop.deploy("1");
      shop.deploy("2");
      shop.deploy("3");
      Path journal = shop.dest.resolve(".stretcher/releases.jsonl");
      Files.write(journal, Files.readAllLines(journal).subList(0, lines));

      shop.deploy("4");
      shop.syncer().prune(shop.target());

      assertThat(shop.ids())
          .as("%s lines", lines)
          .containsExactly("release-1", "release-2", "release-3", "release-4");
      assertThat(shop.release("release-2").state())
          .isEqualTo(lines == 6 ? State.GOOD : State.UNKNOWN);
      assertThat(shop.dest.resolve(".stretcher/release-2.yml")).exists();
    }
  }

  @Test
  void ofAReleaseThatAKilledDeployHasSetAsideNothingIsKept() throws Exception {
    shop.deploy("1");
    shop.deploy("2");
    Path releases = shop.dest.resolve("releases");
    Files.move(releases.resolve("release-1"), releases.resolve(".stretcher-release-release-1"));

    shop.syncer().prune(shop.target());

    assertThat(shop.ids()).containsExactly("release-2");
    assertThat(shop.dest.resolve(".stretcher/release-1.yml")).doesNotExist();
    assertThat(shop.dest.resolve(".stretcher/release-1.list.gz")).doesNotExist();
    assertThat(shop.dest.resolve(".stretcher/release-2.yml")).exists();
  }

  @Test
  void aReleaseStaysIfADamagedLineMayHaveCalledItGood() throws Exception {
    shop.keeping(1);
    shop.deploy("1");
    shop.deploy("2");
    Path journal = shop.dest.resolve(".stretcher/releases.jsonl");
    List<String> lines = Files.readAllLines(journal);
    assertThat(lines.get(2)).contains("release-1").contains("good");
    lines.set(2, "{");
    Files.write(journal, lines);
    shop.deploy("3");

    shop.syncer().prune(shop.target());
    assertThat(shop.ids()).containsExactly("release-1", "release-2", "release-3");

    lines = Files.readAllLines(journal);
    lines.remove(2);
    Files.write(journal, lines);
    shop.syncer().prune(shop.target());
    assertThat(shop.ids()).containsExactly("release-2", "release-3");
  }

  @Test
  void nothingIsLitterWhereTheJournalIsDamaged() throws Exception {
    shop.deploy("1");
    Path journal = shop.dest.resolve(".stretcher/releases.jsonl");
    Files.writeString(journal, "garbage\n", StandardOpenOption.APPEND);
    oldRelease("unknown");

    shop.deploy("2");
    shop.syncer().prune(shop.target());

    assertThat(releases.resolve("unknown/version")).exists();
    assertThat(shop.ids()).containsExactly("release-1", "release-2");
    assertThat(shop.output).filteredOn(line -> line.contains("1 lines of the journal")).hasSize(2);
  }

  @Test
  void aDirectoryThatAWholeJournalDoesNotKnowIsLitter() throws Exception {
    shop.deploy("1");
    oldRelease("unknown");
    Files.createSymbolicLink(releases.resolve("link"), directory);
    ReleaseFixture.write(releases.resolve("file"), "x");

    shop.syncer().prune(shop.target());

    assertThat(releases.resolve("unknown")).doesNotExist();
    assertThat(releases.resolve("link")).isSymbolicLink();
    assertThat(releases.resolve("file")).exists();
  }

  @Test
  void aJournalOfANewerVersionStopsEverything() throws Exception {
    shop.deploy("1");
    Path journal = shop.dest.resolve(".stretcher/releases.jsonl");
    Files.writeString(
        journal, "{\"v\":2,\"id\":\"2\",\"state\":\"x\"}\n", StandardOpenOption.APPEND);

    assertRefused(journal, "newer stretcher");
    assertThatThrownBy(() -> shop.syncer().list(shop.dest)).hasMessageContaining("newer");
    assertThatThrownBy(() -> shop.syncer().prune(shop.target())).hasMessageContaining("newer");
    assertThat(current.resolve("version")).hasContent("version 1");
  }

  @Test
  void releasesThatAreALinkAreRefused() throws Exception {
    Files.createDirectories(shop.dest);
    Files.createSymbolicLink(releases, Files.createDirectory(directory.resolve("elsewhere")));

    assertRefused(releases, "it is a symbolic link; move it away, or make it a directory on the");
  }

  @Test
  void releasesOnAnotherFileSystemAreRefused() throws Exception {
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Files.createDirectories(releases);
    assumeTrue(isDone("mount", "--bind", elsewhere.toString(), releases.toString()), "root");
    try {
      assertRefused(releases, "it is on another file system than dest; unmount it");
    } finally {
      isDone("umount", releases.toString());
    }
  }

  private static boolean isDone(String... command) throws Exception {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  @Test
  void aDestThatMayNotBeWrittenIsRefused() throws Exception {
    assumeTrue(Privilege.ofThisProcess() == Privilege.NORMAL, "root may write everywhere");
    Files.createDirectories(releases);
    Files.setAttribute(releases, "unix:mode", 0555);

    assertRefused(releases, "it is not writable");
  }

  @Test
  void aDestThatIsAFileIsRefused() throws Exception {
    ReleaseFixture.write(shop.dest, "x");

    assertRefused(shop.dest, "dest is not a directory; move it away");
  }

  @Test
  void aStateDirectoryThatOthersMayWriteIsRefused() throws Exception {
    shop.deploy("1");
    Path state = shop.dest.resolve(".stretcher");
    Files.setAttribute(state, "unix:mode", 0777);

    assertRefused(state, "other users may write there");
  }

  @Test
  void noManifestIsReadFromAStateDirectoryThatIsExchangedWhileItIsRead() throws Exception {
    shop.deploy("1");
    Path state = shop.dest.resolve(".stretcher");
    Path aside = shop.dest.resolve("aside");
    Path evil = Files.createDirectory(shop.dest.resolve("evil"));
    for (String name : List.of("releases.jsonl", "release-1.list.gz")) {
      Files.copy(state.resolve(name), evil.resolve(name));
    }
    Files.writeString(evil.resolve("release-1.yml"), "evil");
    Files.setAttribute(evil, "unix:mode", 0777);
    AtomicBoolean done = new AtomicBoolean();
    Thread other =
        new Thread(
            () -> {
              while (!done.get()) {
                swap(state, aside, evil);
              }
            });
    other.start();
    try {
      for (int i = 0; i < 1000; i++) {
        assertThat(listed()).doesNotContain("evil");
      }
    } finally {
      done.set(true);
      other.join();
    }
  }

  private static void swap(Path state, Path aside, Path evil) {
    try {
      Files.move(state, aside);
      Files.move(evil, state);
      Files.move(state, evil);
      Files.move(aside, state);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the manifests that a rollback would run the commands of. */
  private List<String> listed() {
    try {
      return shop.syncer().list(shop.dest).stream()
          .flatMap(each -> each.origin().stream())
          .map(NewRelease::manifest)
          .toList();
    } catch (IOException e) {
      // What others may write is refused.
      return List.of();
    }
  }

  @Test
  void whatIsMissingIsMadeWithTheModeOfDest() throws Exception {
    Path root = shop.stage("one");
    Files.setAttribute(root, "unix:mode", 0750);

    shop.syncer().prepare(new StagedTree(root), shop.target(), ReleaseFixture.origin("1"));

    for (Path each : List.of(shop.dest, releases, shop.dest.resolve("shared"))) {
      assertThat(mode(each)).as(each.toString()).isEqualTo(0750);
    }
    assertThat(mode(shop.dest.resolve(".stretcher"))).isEqualTo(0700);
    assertThat(mode(shop.dest.resolve(".stretcher/releases.jsonl"))).isEqualTo(0600);
    assertThat(mode(shop.dest.resolve(".stretcher/release-1.yml"))).isEqualTo(0600);
    assertThat(mode(shop.dest.resolve(".stretcher/release-1.list.gz"))).isEqualTo(0600);
  }

  private static int mode(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
  }

  @Test
  void anIdIsTakenAgainAfterItsReleaseWasRemovedByHand() throws Exception {
    shop.deploy("1");
    shop.deploy("2");
    new ProcessBuilder("rm", "-rf", releases.resolve("release-1").toString()).start().waitFor();
    assertThat(shop.ids()).containsExactly("release-2");

    shop.deploy("1");

    assertThat(shop.ids()).containsExactly("release-2", "release-1");
    assertThat(current.resolve("version")).hasContent("version 1");
  }

  @Test
  void aReleaseThatFailedIsTriedAgainUnderItsName() throws Exception {
    shop.rules = shop.rules.withRelease(shop.rules.release().withId("release-1"));
    Release one = shop.deploy("1");
    shop.syncer().mark(shop.target(), one, State.BAD);

    assertThat(shop.syncer().find(shop.target(), ReleaseFixture.origin("1"))).isPresent();
    shop.deploy("1");
    assertThat(shop.release("release-1").state()).isEqualTo(State.GOOD);
  }

  @Test
  void theTreeOfAnotherToolIsSwitchedBeforeAnyDeploy() throws Exception {
    oldRelease("20240101");
    Files.createSymbolicLink(current, oldRelease("20240102"));

    shop.syncer().rollBackTo(shop.target(), shop.release("20240101"));
    shop.syncer().mark(shop.target(), shop.release("20240102"), State.BAD);
    shop.syncer().mark(shop.target(), shop.release("20240101"), State.GOOD);

    assertThat(current.resolve("version")).hasContent("version 20240101");
    assertThat(shop.syncer().list(shop.dest))
        .extracting(Release::id, Release::state, Release::live)
        .containsExactly(
            Tuple.tuple("20240101", State.GOOD, true), Tuple.tuple("20240102", State.BAD, false));
  }

  @Test
  void whatAnotherToolMakesLiveLaterIsAdopted() throws Exception {
    shop.deploy("1");
    Files.delete(current);
    Files.createSymbolicLink(current, oldRelease("20261106"));
    assertThat(shop.release("20261106").live()).isTrue();

    shop.deploy("2");
    shop.syncer().prune(shop.target());

    assertThat(shop.ids()).containsExactly("release-1", "20261106", "release-2");
    assertThat(shop.release("20261106").state()).isEqualTo(State.GOOD);
    assertThat(releases.resolve("20261106/version")).hasContent("version 20261106");
  }

  @Test
  void theOrderIsThatOfTheDeploysIfTheClockGoesBack() throws Exception {
    shop.deploy("b");
    shop.now = shop.now.minusSeconds(1_000_000_000);
    shop.deploy("a");

    assertThat(shop.ids()).containsExactly("release-b", "release-a");
  }

  @Test
  void aDiskThatFailsLeavesNothingOfTheRelease() throws Exception {
    shop.deploy("1");
    Map<String, String> before = TreeState.of(shop.dest);
    shop.disk =
        new SyncTarget.Disk() {
          @Override
          public void flush(Path tree) {}

          @Override
          public void flushNames(Path names) throws IOException {
            throw new IOException("Input/output error");
          }

          @Override
          public void flushChanged(Path tree, Collection<Path> names) {}
        };

    assertThatThrownBy(() -> shop.prepare("2")).hasMessageContaining("Input/output error");

    assertThat(TreeState.of(shop.dest)).containsOnlyKeys(before.keySet());
    assertThat(shop.ids()).containsExactly("release-1");
  }

  @Test
  void aReleaseIsOnDiskBeforeItHasItsNameAndItsNameBeforeItIsLive() throws Exception {
    List<String> flushed = new ArrayList<>();
    Path named = releases.resolve("release-1");
    shop.disk =
        new SyncTarget.Disk() {
          @Override
          public void flush(Path tree) {
            note("tree");
          }

          @Override
          public void flushNames(Path names) throws IOException {
            note(names.toRealPath().equals(shop.dest.getParent()) ? "parent" : real(names));
          }

          private String real(Path names) throws IOException {
            return shop.dest.toRealPath().relativize(names.toRealPath()).toString();
          }

          @Override
          public void flushChanged(Path tree, Collection<Path> names) {}

          private void note(String what) {
            flushed.add(
                "%s named=%s live=%s".formatted(what, Files.exists(named), Files.exists(current)));
          }
        };

    shop.deploy("1");

    assertThat(flushed)
        .containsExactly(
            "parent named=false live=false",
            "tree named=false live=false",
            "releases named=true live=false",
            " named=true live=true");
  }

  @Test
  void aTreeOnAnotherFileSystemIsCopied() throws Exception {
    Path memory = Path.of("/dev/shm");
    assumeTrue(
        Files.isWritable(memory)
            && !Files.getFileStore(memory).equals(Files.getFileStore(directory)),
        "there is no other file system");
    Path other = Files.createTempDirectory(memory, "stretcher-test-");
    try {
      Path root = Files.createDirectory(other.resolve("root"));
      ReleaseFixture.write(root.resolve("lib/x"), "x");

      Release one =
          shop.syncer().prepare(new StagedTree(root), shop.target(), ReleaseFixture.origin("1"));

      assertThat(one.directory().resolve("lib/x")).hasContent("x");
      shop.syncer().verify(shop.target(), one);
      assertThat(releases).isDirectoryNotContaining("glob:**/.stretcher*");
    } finally {
      new ProcessBuilder("rm", "-rf", other.toString()).start().waitFor();
    }
  }

  @Test
  void theListMayBeReadWhileReleasesComeAndGo() throws Exception {
    shop.keeping(1);
    shop.deploy("0");
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread reader =
        new Thread(
            () -> {
              try {
                while (!Thread.currentThread().isInterrupted()) {
                  List<Release> seen = shop.syncer().list(shop.dest);
                  assertThat(seen).isNotEmpty();
                  for (Release each : seen) {
                    useIfThere(each);
                  }
                }
              } catch (Throwable e) {
                failure.set(e);
              }
            });
    reader.start();
    for (int i = 1; i <= 8; i++) {
      shop.deploy(Integer.toString(i));
      shop.syncer().prune(shop.target());
    }
    reader.interrupt();
    reader.join();

    assertThat(failure.get()).isNull();
  }

  private void useIfThere(Release release) throws IOException {
    try {
      shop.syncer().use(release);
    } catch (NoSuchFileException e) {
      // It was pruned meanwhile.
      return;
    }
  }

  @Test
  void aSharedNameThatTheArchiveHasAsSomethingElseIsNamed() throws Exception {
    for (String name : List.of("file", "full/x", "a/b", "version/x")) {
      ReleaseFixture other = new ReleaseFixture(directory.resolve("of-" + name.replace('/', '-')));
      String shared = name.equals("full/x") ? "full/" : name.equals("a/b") ? "a/b/" : name + "/";
      other.sharing(shared);

      assertThatThrownBy(() -> other.prepare("1", "file", "full/x", "a/b"))
          .as(name)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("release.shared: ")
          .hasMessageContaining("the archive has");
      assertThat(other.ids()).isEmpty();
    }
  }

  @Test
  void aSharedNameInAnotherOneIsRefused() {
    shop.sharing("log/", "log/app/");

    assertThatThrownBy(() -> shop.syncer().check(shop.target()))
        .hasMessage(
            "release.shared: log/app is in log, which is shared as a whole; remove one of them");
  }

  @Test
  void aReleaseWhoseListOfFilesIsDamagedIsNotUsedAgain() throws Exception {
    Release one = shop.deploy("1");
    Path list = shop.dest.resolve(".stretcher/release-1.list.gz");
    byte[] whole = Files.readAllBytes(list);
    for (byte[] damaged :
        List.of(
            new byte[0],
            "text".getBytes(StandardCharsets.UTF_8),
            Arrays.copyOf(whole, whole.length / 2))) {
      Files.write(list, damaged);

      assertThatThrownBy(() -> shop.syncer().verify(shop.target(), one))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("release-1")
          .hasMessageContaining("list of");
      assertThat(shop.syncer().find(shop.target(), ReleaseFixture.origin("1"))).isEmpty();
    }
  }

  @Test
  void anEmptyDirectoryOfTheArchiveAndTheVeryLinkGiveWayToASharedName() throws Exception {
    shop.sharing("log/", "tmp/");
    Path root = shop.stage("one", "log/");
    Files.setAttribute(root.resolve("log"), "unix:mode", 0770);
    Files.createSymbolicLink(root.resolve("tmp"), Path.of("../../shared/tmp"));

    Release one =
        shop.syncer().prepare(new StagedTree(root), shop.target(), ReleaseFixture.origin("1"));

    assertThat(Files.readSymbolicLink(one.directory().resolve("log")))
        .hasToString("../../shared/log");
    assertThat(mode(shop.dest.resolve("shared/log"))).isEqualTo(0770);
    assertThat(mode(shop.dest.resolve("shared/tmp"))).isEqualTo(0755);
  }

  @Test
  void whatIsSharedMayBeAFileInADirectoryOfTheArchive() throws Exception {
    shop.sharing("config/database.yml");
    assertThatThrownBy(() -> shop.prepare("1", "config/other"))
        .hasMessageContaining("shared/config/database.yml: it does not exist; create it, or write");
    ReleaseFixture.write(shop.dest.resolve("shared/config/database.yml"), "db");

    Release one = shop.deploy("1", "config/other");

    Path link = one.directory().resolve("config/database.yml");
    assertThat(Files.readSymbolicLink(link)).hasToString("../../../shared/config/database.yml");
    assertThat(link).hasContent("db");
    assertThat(Files.getLastModifiedTime(one.directory().resolve("config")).toInstant())
        .isNotNull();
  }

  @Test
  void noLinkInSharedIsFollowedWhenADirectoryIsMade() throws Exception {
    shop.sharing("a/b/");
    Path outside = Files.createDirectories(directory.resolve("outside"));
    Files.createDirectories(shop.dest.resolve("shared"));
    Files.createSymbolicLink(shop.dest.resolve("shared/a"), outside);

    assertThatThrownBy(() -> shop.prepare("1"))
        .hasMessageContaining("shared/a")
        .hasMessageContaining("it is a link");

    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void removalFollowsNoLinkIntoWhatIsShared() throws Exception {
    shop.keeping(1).sharing("log/");
    shop.deploy("1");
    ReleaseFixture.write(current.resolve("log/today"), "precious");
    shop.deploy("2");
    shop.deploy("3");

    assertThat(shop.syncer().prune(shop.target())).hasSize(1);

    assertThat(shop.dest.resolve("shared/log/today")).hasContent("precious");
  }

  @Test
  void aManifestWithRulesForADestThatIsChangedInPlaceIsRefused() {
    assertThat(shop.syncer().unsupported(shop.rules.withExcludes("*.pid"))).hasSize(1);
    assertThat(shop.syncer().unsupported(shop.rules.withMaxDelete(3))).hasSize(1);
    assertThat(shop.syncer().unsupported(shop.keeping(3).rules)).isEmpty();
    assertThatCode(() -> shop.syncer().check(shop.target())).doesNotThrowAnyException();
    assertThat(Optional.of(shop.syncer().staging()))
        .contains(Syncer.Staging.ON_FILE_SYSTEM_OF_DEST);
  }
}
