package dev.stretcher.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinnedPlaceTest {
  @TempDir private Path directory;
  private Path ours;
  private Path canary;

  @BeforeEach
  void makeDirectories() throws IOException {
    ours = Files.createDirectory(directory.resolve("ours"));
    Files.writeString(ours.resolve("file"), "ours");
    canary = Files.createDirectory(directory.resolve("canary"));
    Files.writeString(canary.resolve("file"), "precious");
  }

  @Test
  void tellsWhatTookItsPlace() throws IOException {
    PinnedPlace place = PinnedPlace.look(ours);
    assertThatCode(place::requireSame).doesNotThrowAnyException();

    Files.move(ours, directory.resolve("aside"));
    assertThatThrownBy(place::requireSame).hasMessageContaining("but gone");

    Files.createSymbolicLink(ours, canary);
    assertThatThrownBy(place::requireSame)
        .hasMessageContaining(ours.toString())
        .hasMessageContaining("it was replaced")
        .hasMessageContaining("but a symbolic link");
    assertThatThrownBy(place::hold).hasMessageContaining("but a symbolic link");
    assertThatThrownBy(place::open).hasMessageContaining("but a symbolic link");

    Files.delete(ours);
    Files.createDirectory(ours);
    assertThatThrownBy(place::requireSame).hasMessageContaining("but another directory");
  }

  @Test
  void alsoALinkToItselfIsAnother() throws IOException {
    PinnedPlace place = PinnedPlace.look(ours);
    Path aside = Files.move(ours, directory.resolve("aside"));
    Files.createSymbolicLink(ours, aside);

    assertThatThrownBy(place::requireSame).hasMessageContaining("but a symbolic link");
  }

  @Test
  void whereNoDirectoryWasNoneMayAppear() throws IOException {
    Path absent = directory.resolve("absent");
    PinnedPlace place = PinnedPlace.look(absent);
    assertThat(place.isDirectory()).isFalse();
    assertThatCode(place::requireSame).doesNotThrowAnyException();

    Files.createSymbolicLink(absent, canary);
    assertThatThrownBy(place::hold)
        .hasMessageContaining("there was nothing when this deploy looked, but a symbolic link");
  }

  @Test
  void whatIsHeldIsFoundWhateverBecomesOfItsName() throws IOException {
    try (PinnedPlace held = PinnedPlace.hold(ours)) {
      assumeTrue(!held.stable().equals(ours), "this system shows no descriptors");
      Path aside = Files.move(ours, directory.resolve("aside"));
      Files.createSymbolicLink(ours, canary);

      assertThat(held.stable().resolve("file")).hasContent("ours");
      assertThat(Descriptors.named(held.stable().resolve("file"))).isEqualTo(aside.resolve("file"));
      try (DirectoryStream<Path> names = held.open()) {
        Path file = names.iterator().next();
        assertThat(file.getFileName()).hasToString("file");
      }
      assertThat(held.at(aside).path()).isEqualTo(aside);
    }
  }

  @Test
  void isRenamed() throws IOException {
    try (PinnedPlace held = PinnedPlace.hold(ours)) {
      PinnedPlace moved = held.moveTo(directory.resolve("new"));

      assertThat(moved.path()).isEqualTo(directory.resolve("new"));
      assertThat(moved.path().resolve("file")).hasContent("ours");
      assertThatCode(moved::requireSame).doesNotThrowAnyException();
    }
  }

  @Test
  void whatTookItsPlaceIsNotRenamed() throws IOException {
    try (PinnedPlace held = PinnedPlace.hold(ours)) {
      Files.move(ours, directory.resolve("aside"));
      Files.createSymbolicLink(ours, canary);

      assertThatThrownBy(() -> held.moveTo(directory.resolve("new")))
          .hasMessageContaining("it was replaced");
      assertThat(directory.resolve("new")).doesNotExist();
      assertThat(ours).isSymbolicLink();
    }
  }

  @Test
  void knowsWhatIsMountedInIt() throws IOException {
    assumeTrue(Files.isReadable(Path.of("/proc/self/mountinfo")), "this system does not tell");

    assertThat(PinnedPlace.look(Path.of("/")).mountPoints()).contains(Path.of("proc"));
    assertThat(PinnedPlace.look(ours).mountPoints()).isEmpty();
  }
}
