package dev.stretcher.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.release.Release.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A journal that was deleted, cut or damaged, or that somebody else has written. */
class JournalTroubleTest extends ReleaseTrouble {
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
}
