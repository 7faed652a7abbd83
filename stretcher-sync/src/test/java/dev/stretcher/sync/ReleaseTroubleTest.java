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
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A dest that is not as a deploy has left it, or not as one needs it. */
class ReleaseTroubleTest extends ReleaseTrouble {
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
  void aManifestWithRulesForADestThatIsChangedInPlaceIsRefused() {
    assertThat(shop.syncer().unsupported(shop.rules.withExcludes("*.pid"))).hasSize(1);
    assertThat(shop.syncer().unsupported(shop.rules.withMaxDelete(3))).hasSize(1);
    assertThat(shop.syncer().unsupported(shop.keeping(3).rules)).isEmpty();
    assertThatCode(() -> shop.syncer().check(shop.target())).doesNotThrowAnyException();
    assertThat(Optional.of(shop.syncer().staging()))
        .contains(Syncer.Staging.ON_FILE_SYSTEM_OF_DEST);
  }
}
