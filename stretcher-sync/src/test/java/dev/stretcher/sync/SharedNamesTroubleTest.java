package dev.stretcher.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.release.Release;
import dev.stretcher.spi.StagedTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Shared names that the archive has too, or that lead elsewhere. */
class SharedNamesTroubleTest extends ReleaseTrouble {
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
}
