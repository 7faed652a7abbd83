package dev.stretcher.internal.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.stretcher.contract.Tools;
import dev.stretcher.internal.unpack.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is removed of a staging directory that someone tampers with. */
class StagingDirectoryTest {
  @TempDir private Path directory;
  private Path canary;
  private StagingDirectory staging;
  private Path root;

  @BeforeEach
  void stage() throws IOException {
    canary = Files.createDirectory(directory.resolve("canary"));
    Files.writeString(canary.resolve("file"), "precious");
    staging = StagingDirectory.in(directory, ".stretcher-0123456789abcdef-");
    root = staging.root().path();
    Files.writeString(root.resolve("staged"), "x");
  }

  @Test
  void nothingIsLeftOfIt() throws IOException {
    staging.close();
    staging.close();

    assertThat(directory.toFile().list()).containsExactly("canary");
  }

  @Test
  void nothingIsLeftOfItInADestThatLostItsWritePermission() throws Exception {
    Tools.require("setpriv");
    Path dest = Files.createDirectory(directory.resolve("dest"));

    // Root may write anywhere by a capability, which is taken from it here.
    Shell.run(
        directory,
        "[ $(id -u) != 0 ] || set -- setpriv --bounding-set=-dac_override \"$@\"; exec \"$@\"",
        Path.of(System.getProperty("java.home"), "bin/java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        StagingDirectoryTest.class.getName(),
        dest.toString());

    assertThat(dest).isEmptyDirectory();
    assertThat((int) Files.getAttribute(dest, "unix:mode") & 07777).isEqualTo(0555);
  }

  /** Stages in a dest that loses its write permission meanwhile. */
  public static void main(String... args) throws IOException {
    Path dest = Path.of(args[0]);
    try (StagingDirectory staging = StagingDirectory.inDest(dest, ".stretcher-")) {
      Files.writeString(staging.root().path().resolve("staged"), "x");
      Files.setAttribute(dest, "unix:mode", 0555);
    }
  }

  @Test
  void itsDestMayBeGone() throws IOException {
    Path dest = Files.createDirectory(directory.resolve("dest"));
    StagingDirectory inside = StagingDirectory.inDest(dest, ".stretcher-");
    Files.move(dest, directory.resolve("away"));

    assertThatCode(inside::close).doesNotThrowAnyException();
  }

  @Test
  void itsGroupDoesNotDependOnTheDirectoryAbove() throws IOException {
    assumeThat(Files.getAttribute(directory, "unix:uid")).as("only root can").isEqualTo(0);
    Path dest = Files.createDirectory(directory.resolve("dest"));
    Files.setAttribute(dest, "unix:gid", 4711);
    Files.setAttribute(dest, "unix:mode", 02775);

    try (StagingDirectory inside = StagingDirectory.inDest(dest, ".stretcher-")) {
      for (String attribute : new String[] {"unix:gid", "unix:mode"}) {
        assertThat(Files.getAttribute(inside.root().path(), attribute))
            .isEqualTo(Files.getAttribute(root, attribute));
      }
    }
  }

  @Test
  void isEmptyAgainWithANewRoot() throws IOException {
    staging.clear();

    assertThat(root).isEmptyDirectory();
    staging.root().requireSame();
    staging.close();
    assertThat(directory.toFile().list()).containsExactly("canary");
  }

  @Test
  void aLinkInThePlaceOfTheRootGoesAndSoDoesTheRoot() throws IOException {
    Files.move(root, root.resolveSibling("root.x"));
    Files.createSymbolicLink(root, canary);

    assertThatThrownBy(staging::clear).hasMessageContaining("but a symbolic link");
    staging.close();

    assertThat(directory.toFile().list()).containsExactly("canary");
    assertThat(canary.resolve("file")).hasContent("precious");
  }

  @Test
  void anotherDirectoryInThePlaceOfTheRootIsKept() throws IOException {
    Files.move(root, root.resolveSibling("root.x"));
    Files.move(canary, root);

    assertThatThrownBy(staging::close)
        .hasMessageContaining(".stretcher-kept-")
        .hasMessageContaining("did not make what is in it (root)")
        .hasMessageContaining("look at it, and remove it");

    String[] left = directory.toFile().list();
    assertThat(left).singleElement().asString().startsWith(".stretcher-kept-");
    Path kept = directory.resolve(left[0]);
    assertThat(kept.toFile().list()).containsExactly("root");
    assertThat(kept.resolve("root/file")).hasContent("precious");
  }

  @Test
  void whatTookItsOwnPlaceIsLeftAlone() throws IOException {
    Path own = root.getParent();
    Path aside = Files.move(own, directory.resolve("aside"));
    Files.move(canary, own);

    assertThatThrownBy(staging::close)
        .hasMessageContaining(own.toString())
        .hasMessageContaining("it is not the staging directory that this deploy made");

    assertThat(own.resolve("file")).hasContent("precious");
    assertThat(aside).as("what was unpacked").isEmptyDirectory();
  }

  @Test
  void aLinkThatTookItsOwnPlaceIsLeftAlone() throws IOException {
    Path own = root.getParent();
    Files.move(own, directory.resolve("aside"));
    Files.createDirectory(canary.resolve("root"));
    Files.createSymbolicLink(own, canary);

    assertThatThrownBy(staging::close).hasMessageContaining("was left alone");

    assertThat(Files.exists(own, LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(canary.resolve("root")).exists();
    assertThat(canary.resolve("file")).hasContent("precious");
  }
}
