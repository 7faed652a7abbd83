package dev.stretcher.sync.internal.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DestChangesTest {
  private final DestChanges changes = new DestChanges();

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(
            new AccessDeniedException("f"), "permission denied; deploy as the user who owns dest"),
        Arguments.of(
            new DirectoryNotEmptyException("f"),
            "something was put into it just now; see who changes dest, and deploy again"),
        Arguments.of(
            new NoSuchFileException("f"), "it is gone; see who changes dest, and deploy again"),
        Arguments.of(new FileSystemException("f", null, "No space left"), "No space left"),
        Arguments.of(new FileSystemLoopException("f"), FileSystemLoopException.class.getName()));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureNamesTheWholePathAndWhatToDo(FileSystemException failure, String reason) {
    assertThatThrownBy(
            () ->
                changes.naming(
                    Path.of("deep/f"),
                    () -> {
                      throw failure;
                    }))
        .isInstanceOf(FileSystemException.class)
        .hasMessageStartingWith("deep/f: " + reason)
        .hasCause(failure);
  }

  @Test
  void anotherFailureStaysWhatItIs() {
    IOException other = new IOException("other");
    assertThatThrownBy(
            () ->
                changes.naming(
                    Path.of("f"),
                    () -> {
                      throw other;
                    }))
        .isSameAs(other);
  }

  @Test
  void namesThatChangedAreGivenOnceAndSorted() {
    assertThat(changes.confirm(Path.of("same"), Optional.empty(), Optional.empty())).isTrue();
    assertThat(changes.take()).isEmpty();
  }
}
