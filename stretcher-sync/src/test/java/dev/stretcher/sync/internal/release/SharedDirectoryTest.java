package dev.stretcher.sync.internal.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.sync.internal.directory.FileState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever owns {@code shared} or dest may exchange what root is just making there. */
class SharedDirectoryTest {
  @TempDir private Path directory;

  private static int mode(Path path) throws IOException {
    return FileState.readThrough(path).mode();
  }

  @Test
  void aDirectoryThatWasJustMadeGetsItsMode() throws Exception {
    Path made = Files.createDirectory(directory.resolve("made"));

    SharedDirectory.finish(made, FileState.read(directory), 0751);

    assertThat(mode(made)).isEqualTo(0751);
  }

  @Test
  void whatWasPutInItsPlaceIsGivenToNobody() throws Exception {
    Path precious = Files.createDirectory(directory.resolve("precious"));
    Path file = Files.createFile(precious.resolve("file"));
    Path empty = Files.createDirectory(directory.resolve("empty"));
    for (Path each : List.of(precious, file, empty)) {
      Files.setAttribute(each, "unix:mode", 0700);
    }
    Path toFile = Files.createSymbolicLink(directory.resolve("to-file"), file);
    Path toEmpty = Files.createSymbolicLink(directory.resolve("to-empty"), empty);

    for (Path swapped : List.of(precious, file, toFile, toEmpty, directory.resolve("gone"))) {
      assertThatThrownBy(() -> SharedDirectory.finish(swapped, FileState.read(directory), 0777))
          .as(swapped.toString())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("it was replaced while it was made");
    }
    for (Path each : List.of(precious, file, empty)) {
      assertThat(mode(each)).as(each.toString()).isEqualTo(0700);
    }
  }
}
