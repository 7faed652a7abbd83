package dev.stretcher.sync.internal.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is said of a name that could not be changed. */
class NotSetTest {
  @Test
  void destItselfHasAName() {
    assertThatThrownBy(() -> fail("", new FileSystemException("", null, "no")))
        .hasMessage("dest itself: no");
    assertThatThrownBy(() -> fail("a/b", new FileSystemException("b", null, "no")))
        .hasMessage("a/b: no");
  }

  @Test
  void anAttributeThatCannotBeSetIsNamedWithTheRemedy() {
    FileSystemException e = new FileSystemException("", null, "Operation not permitted");

    assertThatThrownBy(() -> fail("", Attributes.notSet("modification time", e)))
        .hasMessageStartingWith(
            "dest itself: its modification time cannot be set: Operation not permitted; deploy as"
                + " the user who owns it");
    assertThat(Attributes.notSet("mode", new AccessDeniedException("f")))
        .hasMessageContaining("its mode cannot be set: permission denied; deploy as");
    assertThat(Attributes.notSet("mode", new FileSystemException("f", null, "Read-only")))
        .hasMessage("f: its mode cannot be set: Read-only");
  }

  private static void fail(String path, FileSystemException failure) throws Exception {
    new DestChanges()
        .naming(
            Path.of(path),
            () -> {
              throw failure;
            });
  }
}
