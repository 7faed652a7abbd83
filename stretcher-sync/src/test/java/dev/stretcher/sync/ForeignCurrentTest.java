package dev.stretcher.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.release.Release;
import dev.stretcher.release.Release.State;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** A link to the live release that another tool has made, or that is none. */
class ForeignCurrentTest extends ReleaseTrouble {
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
}
