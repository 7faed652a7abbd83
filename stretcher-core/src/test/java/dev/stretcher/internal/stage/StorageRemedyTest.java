package dev.stretcher.internal.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

/** The remedy fits the error. */
class StorageRemedyTest {
  @Test
  void aMissingCapabilityIsNoMatterOfSpace() {
    assertThat(remedy("Operation not permitted"))
        .contains("CAP_FOWNER", "CAP_MKNOD")
        .doesNotContain("space");
    assertThat(StorageRemedy.of(new IOException("mknod failed: mknod: x: Operation not permitted")))
        .contains("CAP_MKNOD");
    assertThat(StorageRemedy.of(new AccessDeniedException("x")))
        .contains("CAP_DAC_OVERRIDE", "permissions")
        .doesNotContain("space");
  }

  @Test
  void aLimitOfTheSizeOfFilesIsNoMatterOfSpace() {
    assertThat(remedy("File too large")).contains("ulimit -f").doesNotContain("space");
  }

  @Test
  void aFullDiskIs() {
    assertThat(remedy("No space left on device")).contains("space");
  }

  private static String remedy(String reason) {
    return StorageRemedy.of(new FileSystemException("x", null, reason));
  }
}
