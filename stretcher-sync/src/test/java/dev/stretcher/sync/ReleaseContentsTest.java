package dev.stretcher.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.release.Release;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.sync.internal.directory.Privilege;
import dev.stretcher.sync.internal.tree.KnownFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the files of a release come from that are in the live one already. */
class ReleaseContentsTest {
  private static final Path SAME = Path.of("lib/same");

  @TempDir private Path directory;
  private ReleaseFixture shop;

  @BeforeEach
  void deployOne() throws Exception {
    shop = new ReleaseFixture(directory);
    shop.deploy("1");
  }

  private Path first() {
    return shop.dest.resolve("releases/release-1").resolve(SAME);
  }

  private static Object inode(Path file) throws IOException {
    return Files.getAttribute(file, "unix:ino");
  }

  private void assumeRoot() {
    assumeTrue(Privilege.ofThisProcess() == Privilege.ROOT, "files of root need root");
  }

  @Test
  void whatOnlyRootMayWriteIsLinked() throws Exception {
    assumeRoot();

    Release two = shop.deploy("2");

    assertThat(inode(two.directory().resolve(SAME))).isEqualTo(inode(first()));
    assertThat(two.directory().resolve("version")).hasContent("version 2");
    assertThat(shop.syncer().use(two).bytes()).isEqualTo("version 2".length());
  }

  @Test
  void whatOthersMayWriteIsCopied() throws Exception {
    Files.setAttribute(first(), "unix:mode", 0664);
    Path root = shop.stage("two");
    Files.setAttribute(root.resolve(SAME), "unix:mode", 0664);

    assertIsCopied(root, 0664);
  }

  @Test
  void whatBelongsToAnotherUserIsCopied() throws Exception {
    assumeRoot();
    Files.setAttribute(first(), "unix:uid", 4711);
    Path root = shop.stage("two");
    Files.setAttribute(root.resolve(SAME), "unix:uid", 4711);

    Path made = assertIsCopied(root, 0644);

    assertThat(Files.getAttribute(made, "unix:uid")).isEqualTo(4711);
  }

  @Test
  void whatHasAnotherModeIsCopied() throws Exception {
    Path root = shop.stage("two");
    Files.setAttribute(root.resolve(SAME), "unix:mode", 0755);

    assertIsCopied(root, 0755);
  }

  private Path assertIsCopied(Path root, int mode) throws Exception {
    ReleaseFixture.Omitted omitted = shop.omit(root, shop.syncer().needed(shop.target()));
    FileTime time = Files.getLastModifiedTime(root.resolve("lib"));
    assertThat(omitted.files).containsOnlyKeys(SAME);

    Release two =
        shop.syncer()
            .prepare(new StagedTree(root, omitted), shop.target(), ReleaseFixture.origin("2"));

    Path made = two.directory().resolve(SAME);
    assertThat(omitted.stagedLate).isEmpty();
    assertThat(made).hasContent("the same in each version");
    assertThat(inode(made)).isNotEqualTo(inode(first()));
    assertThat((Integer) Files.getAttribute(made, "unix:mode") & 07777).isEqualTo(mode);
    assertThat(Files.getLastModifiedTime(made).toInstant()).isEqualTo(ReleaseFixture.THEN);
    assertThat(Files.getLastModifiedTime(two.directory().resolve("lib"))).isEqualTo(time);
    shop.syncer().verify(shop.target(), two);
    return made;
  }

  @Test
  void whatIsGoneOrChangedMeanwhileComesFromTheArchive() throws Exception {
    Path gone = shop.stage("two", "lib/gone");
    shop.deploy("with", "lib/gone");
    ReleaseFixture.Omitted omitted = shop.omit(gone, shop.syncer().needed(shop.target()));
    assertThat(omitted.files).containsOnlyKeys(SAME, Path.of("lib/gone"));
    Path live = shop.dest.resolve("current").toRealPath();
    Files.delete(live.resolve("lib/gone"));
    Files.delete(live.resolve(SAME));
    Path other = ReleaseFixture.write(directory.resolve("other"), "the same in each version");
    Files.createSymbolicLink(live.resolve(SAME), other);

    Release two =
        shop.syncer()
            .prepare(new StagedTree(gone, omitted), shop.target(), ReleaseFixture.origin("2"));

    assertThat(omitted.stagedLate).containsExactlyInAnyOrder(SAME, Path.of("lib/gone"));
    assertThat(two.directory().resolve(SAME)).hasContent("the same in each version");
    assertThat(two.directory().resolve(SAME)).isRegularFile();
    assertThat(Files.isSymbolicLink(two.directory().resolve(SAME))).isFalse();
    assertThat(two.directory().resolve("lib/gone")).hasContent("lib/gone");
  }

  @Test
  void withoutDigestsSizeAndTimeSayWhatIsUnchanged() throws Exception {
    Path root = shop.stage("version 2");
    Files.setLastModifiedTime(root.resolve("version"), FileTime.fromMillis(1_500_000_000_000L));

    ReleaseFixture.Omitted omitted = shop.omit(root, shop.syncer().needed(shop.target()));

    assertThat(omitted.files).containsOnlyKeys(SAME);
  }

  @Test
  void knownDigestsSayWhatIsUnchangedWhateverTheTimesAre() throws Exception {
    Path live = shop.dest.resolve("current").toRealPath();
    shop.known = KnownFiles.of(live);
    Path root = shop.stage("version 2");
    Files.setLastModifiedTime(root.resolve(SAME), FileTime.fromMillis(1_500_000_000_000L));
    // Of the same size and time as the other one.
    FileTime time = Files.getLastModifiedTime(live.resolve("version"));
    Files.setLastModifiedTime(root.resolve("version"), time);
    ReleaseFixture.Omitted omitted = shop.omit(root, shop.syncer().needed(shop.target()));
    assertThat(omitted.files).containsOnlyKeys(SAME);

    Release two =
        shop.syncer()
            .prepare(new StagedTree(root, omitted), shop.target(), ReleaseFixture.origin("2"));

    assertThat(omitted.stagedLate).isEmpty();
    assertThat(two.directory().resolve("version")).hasContent("version 2");
    assertThat(Files.getLastModifiedTime(two.directory().resolve(SAME)).toMillis())
        .isEqualTo(1_500_000_000_000L);
    assertThat(Files.getLastModifiedTime(first()).toInstant()).isEqualTo(ReleaseFixture.THEN);
  }

  /** No file system of the tests can share blocks: a program stands for one that can. */
  @Test
  void aFileSystemThatCanShareBlocksIsAskedToByOneProgramForMany() throws Exception {
    Path bin = Files.createDirectories(directory.resolve("bin"));
    Path calls = directory.resolve("calls");
    Path cp = bin.resolve("cp");
    Files.writeString(
        cp, "#!/bin/sh\necho call >>'%s'\nshift\nexec /bin/cp \"$@\"\n".formatted(calls));
    Files.setPosixFilePermissions(cp, PosixFilePermissions.fromString("rwxr-xr-x"));
    String[] names = new String[50];
    for (int i = 0; i < names.length; i++) {
      names[i] = "many/" + i;
    }
    shop.deploy("many", names);
    shop.environment = Map.of("PATH", bin + ":/usr/bin:/bin");

    Release two = shop.deploy("2", names);

    assertThat(Files.readAllLines(calls)).hasSizeBetween(1, 2);
    Path before = shop.dest.resolve("releases/release-many/many/7");
    Path made = two.directory().resolve("many/7");
    assertThat(made).hasContent("many/7");
    assertThat(inode(made)).isNotEqualTo(inode(before));
    assertThat(Files.getLastModifiedTime(made).toInstant()).isEqualTo(ReleaseFixture.THEN);
    shop.syncer().verify(shop.target(), two);
  }

  @Test
  void whatTheFileSystemCannotShareIsLeftToOthers() throws Exception {
    shop.environment = System.getenv();

    Release two = shop.deploy("2");

    assertThat(two.directory().resolve(SAME)).hasContent("the same in each version");
    shop.syncer().verify(shop.target(), two);
  }
}
