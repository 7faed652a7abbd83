package dev.stretcher.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.manifest.SyncRules;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A small tree that is staged on another file system than dest. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TreeCopyTest {
  private static final Path OTHER = Path.of("/dev/shm");
  private static final Instant THEN = Instant.parse("2014-11-17T11:22:33.123456Z");

  @TempDir private Path directory;
  private Path other;
  private Path root;
  private Path dest;

  @BeforeEach
  void createRoots() throws IOException {
    assumeTrue(
        Files.isWritable(OTHER)
            && !Files.getFileStore(OTHER).name().equals(Files.getFileStore(directory).name()),
        "it takes two file systems");
    other = Files.createTempDirectory(OTHER, "stretcher-copy-");
    root = Files.createDirectory(other.resolve("root"));
    dest = directory.resolve("dest");
  }

  @AfterEach
  void removeOther() throws Exception {
    if (other != null) {
      new ProcessBuilder("rm", "-rf", other.toString()).start().waitFor();
    }
  }

  private void stage() throws Exception {
    write(root.resolve("bin/run"), "new", 0755);
    write(root.resolve("secret"), "secret", 0600);
    Files.createSymbolicLink(root.resolve("link"), Path.of("bin/run"));
    assertThat(new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start().waitFor())
        .isZero();
    time(root.resolve("link"));
    Files.setAttribute(root.resolve("bin"), "unix:mode", 0750);
    time(root.resolve("bin"));
    Files.setAttribute(root, "unix:mode", 0710);
    time(root);
  }

  @Test
  void comesWholeWhereThereIsNoDest() throws Exception {
    stage();

    sync(SyncRules.DEFAULT);

    assertIsThere();
    assertThat(directory.toFile().list()).as("nothing is left beside it").containsExactly("dest");
  }

  @Test
  void replacesWhatIsThereWhateverItsKind() throws Exception {
    stage();
    write(dest.resolve("bin"), "a file", 0644);
    write(dest.resolve("secret/deep/old"), "a directory", 0644);
    write(dest.resolve("link"), "a file", 0644);
    write(dest.resolve("pipe"), "a file", 0644);
    write(dest.resolve("gone"), "gone", 0644);

    sync(SyncRules.DEFAULT);

    assertIsThere();
  }

  @Test
  void comesWithoutWhatIsExcluded() throws Exception {
    stage();

    sync(SyncRules.excluding(List.of("secret", "/bin")));

    assertThat(dest.toFile().list()).containsExactlyInAnyOrder("link", "pipe");
  }

  @Test
  void isToldApartFromADestWhoseParentIsMissing() throws Exception {
    stage();
    dest = directory.resolve("none/dest");

    assertThatThrownBy(() -> sync(SyncRules.DEFAULT)).isInstanceOf(IOException.class);
    assertThat(directory).isEmptyDirectory();
  }

  private void assertIsThere() throws IOException {
    assertThat(dest.toFile().list()).containsExactlyInAnyOrder("bin", "secret", "link", "pipe");
    assertThat(dest.resolve("bin").toFile().list()).containsExactly("run");
    assertThat(dest.resolve("bin/run")).hasContent("new");
    assertThat(dest.resolve("secret")).hasContent("secret");
    assertThat(Files.readSymbolicLink(dest.resolve("link"))).isEqualTo(Path.of("bin/run"));
    assertAttributes("", 040710);
    assertAttributes("bin", 040750);
    assertAttributes("bin/run", 0100755);
    assertAttributes("secret", 0100600);
    assertAttributes("link", 0120777);
    // A pipe does not keep its time on this way.
    assertThat(Files.getAttribute(dest.resolve("pipe"), "unix:mode")).isEqualTo(010644);
  }

  private void assertAttributes(String name, int mode) throws IOException {
    Path path = dest.resolve(name);
    assertThat(Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS))
        .as(name)
        .isEqualTo(mode);
    assertThat(Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant())
        .as(name)
        .isEqualTo(THEN);
  }

  private void sync(SyncRules rules) throws Exception {
    new TreeSyncer().sync(new StagedTree(root), new SyncTarget(dest, rules, 0, line -> {}));
  }

  private static void write(Path file, String content, int mode) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setAttribute(file, "unix:mode", mode);
    time(file);
  }

  private static void time(Path file) throws IOException {
    Files.getFileAttributeView(file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setTimes(FileTime.from(THEN), null, null);
  }
}
