package dev.stretcher.sync.internal.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListingTest {
  @TempDir private Path directory;

  @Test
  void listsNamesInTheirOrderWithWhatTheyName() throws IOException {
    Files.writeString(directory.resolve("b"), "four");
    Files.createDirectory(directory.resolve("c"));
    Files.createSymbolicLink(directory.resolve("a"), Path.of("b"));

    List<DirectoryEntry> found =
        new Lister(Privilege.ofThisProcess(), false).list(directory, FileState.read(directory));

    assertThat(found)
        .extracting(entry -> entry.name() + " " + entry.state().kind())
        .containsExactly("a SYMLINK", "b FILE", "c DIRECTORY");
    assertThat(found.get(1).state().size()).isEqualTo(4);
  }

  /** As rsync does; a normal user has no other way to look into their own directory. */
  @Test
  void aDirectoryThatIsClosedToItsOwnerIsOpenedAndClosedAgain() throws IOException {
    Path upper = Files.createDirectory(directory.resolve("upper"));
    Path lower = Files.createDirectory(upper.resolve("lower"));
    Files.writeString(lower.resolve("f"), "f");
    setMode(lower, 0040);
    setMode(upper, 0500);
    Lister lister = new Lister(Privilege.NORMAL, true);

    lister.list(upper, FileState.read(upper));
    assertThat(lister.list(lower, FileState.read(lower))).hasSize(1);

    assertThat(FileState.read(upper).mode()).isEqualTo(0700);
    assertThat(FileState.read(lower).mode()).isEqualTo(0740);
    lister.closeAgain();
    assertThat(FileState.read(upper).mode()).isEqualTo(0500);
    setMode(upper, 0700);
    assertThat(FileState.read(lower).mode()).isEqualTo(0040);
    setMode(lower, 0700);
  }

  @Test
  void whatWasOpenedAndIsGoneIsNotMissed() throws IOException {
    Path closed = Files.createDirectory(directory.resolve("closed"));
    setMode(closed, 0000);
    Lister lister = new Lister(Privilege.NORMAL, true);
    lister.list(closed, FileState.read(closed));
    Files.delete(closed);
    Files.writeString(closed, "a file");

    lister.closeAgain();

    assertThat(FileState.read(closed).mode()).isNotZero();
  }

  @Test
  void aPlanThatMayNotChangeAnythingOpensNothing() throws IOException {
    Path mine = Files.createDirectory(directory.resolve("mine"));
    setMode(mine, 0500);
    new Lister(Privilege.NORMAL, false).list(mine, FileState.read(mine));
    new Lister(Privilege.ROOT, true).list(mine, FileState.read(mine));
    assertThat(FileState.read(mine).mode()).isEqualTo(0500);
    setMode(mine, 0700);
    new Lister(Privilege.NORMAL, true).list(mine, FileState.read(mine));
    assertThat(FileState.read(mine).mode()).isEqualTo(0700);
  }

  @Test
  void aDeviceIsKnownByItsNumber() throws IOException {
    FileState device = FileState.read(Path.of("/dev/null"));
    assertThat(device.kind()).isEqualTo(Kind.CHARACTER_DEVICE);
    assertThat(device.device())
        .isEqualTo(Files.getAttribute(Path.of("/dev/null"), "unix:rdev"))
        .isNotZero();
    assertThat(FileState.read(directory).device()).isZero();
    assertThat(Kind.BLOCK_DEVICE.isDevice()).isTrue();
    assertThat(Kind.FIFO.isDevice()).isFalse();
  }

  @Test
  void theDeepestComesFirstAndTheRootLast() {
    assertThat(
            Stream.of("a", "", "b/c", "a/b/c", "b")
                .map(Path::of)
                .sorted(Relative.DEEPEST_FIRST)
                .map(Path::toString))
        .containsExactly("a/b/c", "b/c", "a", "b", "");
    assertThat(Relative.depth(Relative.ROOT)).isZero();
    assertThat(Relative.depth(Path.of("a/b"))).isEqualTo(2);
  }

  @Test
  void whoMayDoWhatRootMayIsRoot() throws IOException {
    Path own = Files.createFile(directory.resolve("own"));
    boolean root = Files.getAttribute(own, "unix:uid").equals(0);
    assertThat(Privilege.ofThisProcess()).isEqualTo(root ? Privilege.ROOT : Privilege.NORMAL);
  }

  private static void setMode(Path path, int mode) throws IOException {
    Files.setAttribute(path, "unix:mode", mode);
  }
}
