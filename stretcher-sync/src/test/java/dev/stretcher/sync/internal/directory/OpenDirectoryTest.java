package dev.stretcher.sync.internal.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.time.Instant;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both kinds of open directories do the same to the files in them. */
class OpenDirectoryTest {
  private static final Path F = Path.of("f");
  private static final Path G = Path.of("g");

  @TempDir private Path directory;

  enum Kinds {
    SECURE {
      @Override
      OpenDirectory open(Path path) throws IOException {
        return new SecureDirectory(
            (SecureDirectoryStream<Path>) Files.newDirectoryStream(path), path);
      }
    },
    PLAIN {
      @Override
      OpenDirectory open(Path path) throws IOException {
        return new PlainDirectory(path);
      }
    };

    abstract OpenDirectory open(Path path) throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  void seesWhatIsThere(Kinds kind) throws IOException {
    write("f", "four");
    Files.createDirectory(directory.resolve("g"));
    Files.createSymbolicLink(directory.resolve("link"), G);
    try (OpenDirectory open = kind.open(directory)) {
      assertThat(open.look(F).orElseThrow().size()).isEqualTo(4);
      assertThat(open.look(F).orElseThrow().file()).isTrue();
      assertThat(open.look(G).orElseThrow().directory()).isTrue();
      assertThat(open.look(Path.of("link")).orElseThrow().link()).isTrue();
      assertThat(open.look(Path.of("none"))).isEmpty();
      assertThat(open.names()).containsExactlyInAnyOrder(F, G, Path.of("link"));
      assertThat(open.path().toRealPath()).isEqualTo(directory.toRealPath());
    }
  }

  @ParameterizedTest
  @EnumSource
  void entersADirectoryAndNoLink(Kinds kind) throws IOException {
    write("g/f", "f");
    Files.createSymbolicLink(directory.resolve("link"), G);
    try (OpenDirectory open = kind.open(directory)) {
      try (OpenDirectory deeper = open.open(G)) {
        assertThat(deeper.names()).containsExactly(F);
      }
      assertThatThrownBy(() -> open.open(Path.of("link"))).isInstanceOf(FileSystemException.class);
      assertThatThrownBy(() -> open.open(Path.of("none"))).isInstanceOf(FileSystemException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesAFileOfAnotherDirectory(Kinds kind) throws IOException {
    write("from/f", "new");
    write("to/f", "old");
    try (OpenDirectory from = kind.open(directory.resolve("from"));
        OpenDirectory to = kind.open(directory.resolve("to"))) {
      to.take(from, F);
    }
    assertThat(directory.resolve("to/f")).hasContent("new");
    assertThat(directory.resolve("from")).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource
  void givesAFileAwayAndTakesItBack(Kinds kind) throws IOException {
    Path away = Files.createDirectory(directory.resolve("private")).resolve("0");
    write("to/f", "old");
    try (OpenDirectory to = kind.open(directory.resolve("to"))) {
      to.give(F, away);
      assertThat(away).hasContent("old");
      assertThat(to.look(F)).isEmpty();
      to.takeBack(away, F);
      to.rename(F, G);
    }
    assertThat(directory.resolve("to/g")).hasContent("old");
    assertThat(directory.resolve("to").toFile().list()).containsExactly("g");
  }

  @ParameterizedTest
  @EnumSource
  void deletesAFileAndAnEmptyDirectory(Kinds kind) throws IOException {
    write("f", "f");
    write("g/f", "f");
    try (OpenDirectory open = kind.open(directory)) {
      assertThatThrownBy(() -> open.deleteDirectory(G))
          .isInstanceOf(DirectoryNotEmptyException.class);
      try (OpenDirectory deeper = open.open(G)) {
        deeper.deleteFile(F);
      }
      open.deleteDirectory(G);
      open.deleteFile(F);
      assertThatThrownBy(() -> open.deleteFile(F)).isInstanceOf(NoSuchFileException.class);
    }
    assertThat(directory).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource
  void givesAPathOfAFile(Kinds kind) throws IOException {
    write("f", "content");
    try (OpenDirectory open = kind.open(directory)) {
      String[] read = new String[1];
      open.onFile(F, path -> read[0] = Files.readString(path));
      assertThat(read).containsExactly("content");
    }
  }

  @ParameterizedTest
  @EnumSource
  void setsItsTimeUnlessTheTimeIsTooFine(Kinds kind) throws IOException {
    Instant then = Instant.parse("2014-11-17T11:22:33.123456Z");
    try (OpenDirectory open = kind.open(directory)) {
      assertThat(open.setModified(then)).isTrue();
      assertThat(Files.getLastModifiedTime(directory).toInstant()).isEqualTo(then);
      assertThat(open.setModified(then.plusNanos(1))).isEqualTo(kind == Kinds.PLAIN);
    }
  }

  private void write(String name, String content) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
