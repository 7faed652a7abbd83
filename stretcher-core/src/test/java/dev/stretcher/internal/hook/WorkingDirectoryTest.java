package dev.stretcher.internal.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkingDirectoryTest {
  @TempDir private Path directory;

  @Test
  void itIsUsedAsLongAsItIsThere() {
    assertThat(new WorkingDirectory(directory).usable()).isEqualTo(directory);
  }

  @Test
  void theRootIsUsedWhenItIsGone() throws Exception {
    Path gone = Files.createDirectory(directory.resolve("gone"));
    WorkingDirectory working = new WorkingDirectory(gone);
    Files.delete(gone);

    assertThat(working.usable()).isEqualTo(Path.of("/"));
  }
}
