package dev.stretcher.internal.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolFileTest {
  @TempDir private Path directory;

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void keepsWhatIsWrittenForItsOwnerOnlyAndLeavesNothing() throws Exception {
    try (SpoolFile spool = SpoolFile.create(directory, "prefix-")) {
      spool.write(bytes("old and long"));
      spool.clear();
      spool.write(bytes("ne"));
      spool.write(bytes("w"));

      assertThat(spool.path()).hasContent("new").hasParent(directory);
      assertThat(spool.path().getFileName().toString()).startsWith("prefix-").endsWith(".spool");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(spool.path())))
          .isEqualTo("rw-------");
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void isReadThroughItsDescriptorWhateverGetsItsName() throws Exception {
    try (SpoolFile spool = SpoolFile.create(directory, "")) {
      spool.write(bytes("ours"));
      Files.move(spool.path(), directory.resolve("moved"));
      Files.writeString(spool.path(), "theirs");

      assertThat(Files.readString(spool.opened())).isEqualTo("ours");
      Files.delete(spool.path());
    }
    assertThat(directory.resolve("moved")).hasContent("ours");
  }

  @Test
  void anotherFileOfItsNameIsLeftAlone() throws Exception {
    SpoolFile spool = SpoolFile.create(directory, "");
    Files.delete(spool.path());
    Files.writeString(spool.path(), "theirs");

    assertThatThrownBy(spool::close)
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("it is not the temporary file that this deploy made")
        .hasMessageContaining("find out who put it there");
    assertThat(spool.path()).hasContent("theirs");
  }

  @Test
  void oneThatIsGoneAlreadyIsNoFailure() throws Exception {
    SpoolFile spool = SpoolFile.create(directory, "");
    Files.delete(spool.path());
    spool.close();
    assertThat(directory).isEmptyDirectory();
  }
}
