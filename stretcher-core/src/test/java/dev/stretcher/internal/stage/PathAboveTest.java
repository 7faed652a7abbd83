package dev.stretcher.internal.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathAboveTest {
  @TempDir private Path directory;
  private Path above;
  private Path path;

  @BeforeEach
  void makeDirectories() throws IOException {
    path = Files.createDirectories(directory.toRealPath().resolve("a/b/c"));
    above = path.getParent().getParent();
    assumeTrue(PathAbove.isOnlyOf(path), "the temporary directory is one that others may change");
  }

  @Test
  void whoMayWriteAboveMayRename() throws IOException {
    for (int mode : new int[] {0770, 0757, 0777}) {
      Files.setAttribute(above, "unix:mode", mode);
      assertThat(PathAbove.isOnlyOf(path)).as("%o", mode).isFalse();
    }
  }

  @Test
  void unlessTheDirectoryIsSticky() throws IOException {
    Files.setAttribute(above, "unix:mode", 01777);

    assertThat(PathAbove.isOnlyOf(path)).isTrue();
  }

  @Test
  void anotherUserMayRenameInADirectoryOfTheirs() throws IOException {
    assumeTrue(Files.getAttribute(above, "unix:uid").equals(0), "only root can give it away");
    Files.setAttribute(above, "unix:uid", 65534);
    Files.setAttribute(above, "unix:mode", 01755);

    assertThat(PathAbove.isOnlyOf(path)).isFalse();
  }
}
