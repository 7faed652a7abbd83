package dev.stretcher.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.manifest.FileMode;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.spi.OmittedFiles;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has the right content already gets the right attributes where it is. */
class TreeAttributesTest {
  private static final Instant THEN = Instant.parse("2014-11-17T11:22:33Z");
  private static final LinkOption NOFOLLOW = LinkOption.NOFOLLOW_LINKS;

  @TempDir private Path directory;
  private Path root;
  private Path dest;

  @BeforeEach
  void createEqualTrees() throws IOException {
    root = Files.createDirectory(directory.resolve("root"));
    dest = Files.createDirectory(directory.resolve("dest"));
    for (Path tree : List.of(root, dest)) {
      Files.createDirectories(tree.resolve("upper/lower"));
      Files.writeString(tree.resolve("upper/lower/f"), "same");
      Files.createSymbolicLink(tree.resolve("upper/link"), Path.of("lower"));
      setTime(tree.resolve("upper/link"));
      setTime(tree.resolve("upper/lower/f"));
      setTime(tree.resolve("upper/lower"));
      setTime(tree.resolve("upper"));
      setTime(tree);
    }
  }

  @Test
  void directoriesGetTheirModesFromTheDeepestOn() throws Exception {
    mode(root.resolve("upper/lower"), 02711);
    mode(root.resolve("upper"), 0555);
    mode(dest.resolve("upper"), 0700);

    sync(new StagedTree(root));

    assertThat(modeOf("upper/lower")).isEqualTo(042711);
    assertThat(modeOf("upper")).isEqualTo(040555);
    assertThat(timeOf("upper")).isEqualTo(THEN);
    assertThat(timeOf("upper/lower")).isEqualTo(THEN);
    mode(root.resolve("upper"), 0755);
    mode(dest.resolve("upper"), 0755);
  }

  @Test
  void allKindsGetTheirOwnersAndKeepTheirContents() throws Exception {
    assumeTrue(Files.getAttribute(root, "unix:uid").equals(0), "only root can give files away");
    List<String> names = List.of("upper", "upper/lower", "upper/lower/f", "upper/link");
    Object inode = Files.getAttribute(dest.resolve("upper/lower/f"), "unix:ino");
    int id = 4711;
    for (String name : names) {
      Files.setAttribute(root.resolve(name), "unix:uid", id, NOFOLLOW);
      Files.setAttribute(root.resolve(name), "unix:gid", id + 100, NOFOLLOW);
      id++;
    }

    sync(new StagedTree(root));

    id = 4711;
    for (String name : names) {
      assertThat(Files.getAttribute(dest.resolve(name), "unix:uid", NOFOLLOW))
          .as(name)
          .isEqualTo(id);
      assertThat(Files.getAttribute(dest.resolve(name), "unix:gid", NOFOLLOW))
          .as(name)
          .isEqualTo(id + 100);
      assertThat(timeOf(name)).as(name).isEqualTo(THEN);
      id++;
    }
    assertThat(Files.getAttribute(dest.resolve("upper/lower/f"), "unix:ino")).isEqualTo(inode);
  }

  @Test
  void aFileThatWasLeftOutIsStagedIfDestHasItNoMore() throws Exception {
    Path left = Path.of("upper/lower/f");
    Files.delete(root.resolve(left));
    setTime(root.resolve("upper/lower"));
    LeftOut omitted = new LeftOut(left);

    sync(new StagedTree(root, omitted));
    assertThat(omitted.staged).isEmpty();
    assertThat(dest.resolve(left)).hasContent("same");

    Files.delete(dest.resolve(left));
    sync(new StagedTree(root, omitted));
    assertThat(omitted.staged).containsExactly(left);
    assertThat(dest.resolve(left)).hasContent("from the archive");
    assertThat(timeOf("upper/lower")).isEqualTo(THEN);
  }

  /** One file of the archive that is not in the staged tree. */
  private final class LeftOut implements OmittedFiles {
    final List<Path> staged = new ArrayList<>();
    private final Path path;

    LeftOut(Path path) {
      this.path = path;
    }

    @Override
    public boolean isEmpty() {
      return !staged.isEmpty();
    }

    @Override
    public Collection<OmittedFile> in(Path asked) {
      FileMode mode = new FileMode(0644);
      return staged.isEmpty() && asked.equals(path.getParent())
          ? List.of(new OmittedFile(path.getFileName(), mode, 4, THEN, uid(), uid()))
          : List.of();
    }

    private int uid() {
      try {
        return (Integer) Files.getAttribute(root, "unix:uid");
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void stage(Collection<Path> files) throws IOException {
      staged.addAll(files);
      for (Path file : files) {
        Files.writeString(root.resolve(file), "from the archive");
        setTime(root.resolve(file));
        setTime(root.resolve(file).getParent());
      }
    }

    @Override
    public void stageAll() {
      throw new AssertionError("one is enough");
    }
  }

  private void sync(StagedTree tree) throws Exception {
    new TreeSyncer().sync(tree, new SyncTarget(dest, SyncRules.DEFAULT, 0, line -> {}));
  }

  private Object modeOf(String name) throws IOException {
    return Files.getAttribute(dest.resolve(name), "unix:mode", NOFOLLOW);
  }

  private Instant timeOf(String name) throws IOException {
    return Files.getLastModifiedTime(dest.resolve(name), NOFOLLOW).toInstant();
  }

  private static void mode(Path file, int mode) throws IOException {
    Files.setAttribute(file, "unix:mode", mode);
  }

  private static void setTime(Path file) throws IOException {
    Files.getFileAttributeView(file, BasicFileAttributeView.class, NOFOLLOW)
        .setTimes(FileTime.from(THEN), null, null);
  }
}
