package dev.stretcher.internal.dest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.report.StretcherException.SyncFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DestTest {
  @TempDir private Path temporary;
  private Path directory;

  @BeforeEach
  void findRealPath() throws IOException {
    directory = temporary.toRealPath();
  }

  @Test
  void isWhereALinkLeadsToAndWhereLinksAboveItLead() throws IOException {
    Path real = Files.createDirectory(directory.resolve("real"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), real);
    assertThat(Dest.of(link).path()).isEqualTo(real);
    assertThat(Dest.of(link.resolve("new")).path()).isEqualTo(real.resolve("new"));
    assertThat(Dest.of(link.resolve("no/new")).path()).isEqualTo(link.resolve("no/new"));
    assertThat(Dest.of(real).parent()).isEqualTo(directory);
  }

  @Test
  void aParentThatIsMissingOrNoDirectoryIsNamedWithTheRemedy() throws IOException {
    Dest missing = new Dest(directory.resolve("none/app"));
    assertThatThrownBy(missing::require)
        .isInstanceOf(SyncFailed.class)
        .hasMessageContaining("the parent of dest " + missing.path() + " is not a directory")
        .hasMessageContaining("mkdir -p in a pre command");
    Files.createFile(directory.resolve("file"));
    assertThat(new Dest(directory.resolve("file/app")).obstacle()).isPresent();
  }

  @Test
  void whatIsNoDirectoryIsInTheWay() throws IOException {
    Dest file = new Dest(Files.createFile(directory.resolve("file")));
    assertThatThrownBy(file::require)
        .hasMessageContaining("dest " + file.path() + " is not a directory")
        .hasMessageContaining("move it away");
    Path nowhere = Files.createSymbolicLink(directory.resolve("link"), Path.of("nowhere"));
    assertThat(new Dest(nowhere).obstacle()).isPresent();
  }

  @Test
  void aDirectoryOrNothingIsFine() throws Exception {
    Dest absent = new Dest(directory.resolve("app"));
    assertThatCode(absent::require).doesNotThrowAnyException();
    assertThat(absent.isReadOnly()).isFalse();
    Dest there = new Dest(Files.createDirectory(absent.path()));
    assertThatCode(there::require).doesNotThrowAnyException();
    assertThat(there.isReadOnly()).isFalse();
    there.hold().close();
  }

  @Test
  void aDirectoryWhoseParentBecameALinkIsNotTaken() throws Exception {
    Path parent = Files.createDirectory(directory.resolve("parent"));
    Dest dest = new Dest(Files.createDirectory(parent.resolve("app")));
    Path moved = Files.move(parent, directory.resolve("moved"));
    Files.createSymbolicLink(parent, moved);

    assertThatThrownBy(dest::hold)
        .isInstanceOf(SyncFailed.class)
        .hasMessageContaining("a directory above it was replaced just now; find out by whom");
  }
}
