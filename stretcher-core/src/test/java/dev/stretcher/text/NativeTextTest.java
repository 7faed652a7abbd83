package dev.stretcher.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NativeTextTest {
  private static final byte[] NOT_UTF_8 = {'a', (byte) 0xff, ' ', '%', (byte) 0xe9};

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/srv/app",
        "/srv/\u00e9\u3042",
        "/\ud83d\ude00",
        "rel ative",
        "r\u00e9/l"
      })
  void aPathHasTheBytesOfUtf8(String unicode) {
    Path path = NativeText.path(unicode);
    assertThat(NativeText.bytes(path)).isEqualTo(unicode.getBytes(StandardCharsets.UTF_8));
    assertThat(NativeText.text(path)).isEqualTo(unicode);
    assertThat(path.isAbsolute()).isEqualTo(unicode.startsWith("/"));
  }

  @ParameterizedTest
  @CsvSource({"//a///\u00e9//, /a/\u00e9", "a//b/, a/b", "\u00e9/, \u00e9"})
  void severalSlashesAreOne(String text, String expected) {
    assertThat(NativeText.text(NativeText.path(text))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a\0b", "/\u00e9\0", "/a\ud800", "/\udc00b"})
  void textThatNoNameCanHoldIsRefused(String unicode) {
    assertThatExceptionOfType(InvalidPathException.class)
        .isThrownBy(() -> NativeText.path(unicode));
  }

  @Test
  void noByteOfANameIsLost(@TempDir Path directory) throws IOException {
    Path file = directory.resolve(NativeText.path(NOT_UTF_8));
    Files.writeString(file, "content", StandardCharsets.UTF_8);
    try (var files = Files.list(directory)) {
      Path listed = files.findFirst().orElseThrow();
      assertThat(listed).isEqualTo(file);
      assertThat(NativeText.bytes(listed.getFileName())).isEqualTo(NOT_UTF_8);
      assertThat(NativeText.text(listed.getFileName())).isEqualTo("a\ufffd %\ufffd");
      assertThat(NativeText.bytes(listed))
          .endsWith(NOT_UTF_8)
          .startsWith((byte) File.separatorChar);
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void aDirectoryHasTheNameOfAnyOtherFile(@TempDir Path directory) throws IOException {
    Path made = Files.createDirectory(directory.resolve(NativeText.path(NOT_UTF_8)));
    try {
      assertThat(NativeText.bytes(made)).endsWith(NOT_UTF_8);
    } finally {
      Files.delete(made);
    }
  }
}
