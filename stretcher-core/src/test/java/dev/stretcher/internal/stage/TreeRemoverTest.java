package dev.stretcher.internal.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.stretcher.file.PinnedPlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeRemoverTest {
  @TempDir private Path directory;
  private Path canary;

  @BeforeEach
  void makeCanary() throws IOException {
    canary = Files.createDirectory(directory.resolve("canary"));
    Files.writeString(canary.resolve("file"), "precious");
  }

  @Test
  void removesDirectoriesThatTheirOwnerMayNotChange() throws IOException {
    Path tree = directory.resolve("tree");
    Files.createDirectories(tree.resolve("a/b"));
    Files.writeString(tree.resolve("a/b/file"), "x");
    setMode(tree.resolve("a/b"), "---------");
    setMode(tree.resolve("a"), "r-x------");

    TreeRemover.remove(tree);

    assertThat(tree).doesNotExist();
  }

  @Test
  void theDirectoryAboveNeedNotBeListable() throws IOException {
    Path parent = Files.createDirectory(directory.resolve("parent"));
    Path tree = Files.createDirectory(parent.resolve("tree"));
    Files.writeString(tree.resolve("file"), "x");
    setMode(parent, "-wx------");
    try {
      TreeRemover.remove(tree);
    } finally {
      setMode(parent, "rwx------");
    }

    assertThat(tree).doesNotExist();
  }

  @Test
  void aLinkGoesAndWhatItLeadsToStays() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), canary);
    Path tree = Files.createDirectory(directory.resolve("tree"));
    Files.createSymbolicLink(tree.resolve("inner"), canary);

    TreeRemover.remove(link);
    TreeRemover.remove(tree);

    assertThat(directory.toFile().list()).containsExactly("canary");
    assertThat(canary.resolve("file")).hasContent("precious");
  }

  @Test
  void aTreeDeeperThanAStackIsRemoved() throws Exception {
    Files.createDirectories(directory.resolve("d/".repeat(1900)));
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                TreeRemover.remove(directory.resolve("d"));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            "small stack",
            200_000);
    thread.start();
    thread.join();

    assertThat(directory.resolve("d")).doesNotExist();
  }

  @Test
  void nothingIsFine() {
    assertThatCode(() -> TreeRemover.remove(directory.resolve("none"))).doesNotThrowAnyException();
  }

  @Test
  void aTreeThatBecomesALinkOnceItWasFoundLeadsNowhere() throws IOException {
    Path tree = Files.createDirectory(directory.resolve("tree"));
    PinnedPlace found = PinnedPlace.look(tree);
    Files.move(tree, directory.resolve("aside"));
    Files.createSymbolicLink(tree, canary);

    assertThatThrownBy(() -> TreeRemover.removeContent(found)).hasMessageContaining("was replaced");

    assertThat(canary.resolve("file")).hasContent("precious");
  }

  @Test
  void aDirectoryThatBecomesALinkOnceItWasFoundLeadsNowhere() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), canary);

    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      assumeThat(stream).isInstanceOf(SecureDirectoryStream.class);
      TreeDescent descent = new TreeDescent((SecureDirectoryStream<Path>) stream, directory);
      assertThatThrownBy(() -> descent.enter(link.getFileName())).isInstanceOf(IOException.class);
    }

    assertThat(canary.resolve("file")).hasContent("precious");
  }

  private static void setMode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }
}
