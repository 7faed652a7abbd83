package dev.stretcher.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.publish.ObjectName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PublishProgressTest {
  private static final ObjectName NAME = new ObjectName("shop/v1.tar.gz");

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final AtomicLong nanos = new AtomicLong();

  private PublishProgress progress(boolean terminal) {
    return new PublishProgress(
        new PrintStream(printed, true, StandardCharsets.UTF_8),
        terminal,
        nanos::get,
        text -> text.replace("the setting ", "--"));
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aLongUploadIsALineNowAndThen() {
    try (PublishProgress progress = progress(false)) {
      progress.onProgress(NAME, 1_000_000, 30_000_000);
      assertThat(printed()).isEmpty();
      nanos.addAndGet(Duration.ofSeconds(10).toNanos());
      progress.onProgress(NAME, 2_000_000, 30_000_000);
      progress.onProgress(NAME, 3_000_000, 30_000_000);
    }
    assertThat(printed()).isEqualTo("Uploaded 2.0 MB of 30 MB of shop/v1.tar.gz so far\n");
  }

  @Test
  void onATerminalALineGoesWhenItIsOver() {
    try (PublishProgress progress = progress(true)) {
      progress.onProgress(10, 20);
      progress.onProgress(NAME, 2_000_000, 30_000_000);
    }
    assertThat(printed()).contains("Uploading").doesNotContain("\n").endsWith("\r");
  }

  @Test
  void anotherAttemptIsALineOfItsOwn() {
    try (PublishProgress progress = progress(false)) {
      progress.onRetry(
          NAME, new IOException("reset; see the setting retry"), Duration.ofSeconds(3));
    }
    assertThat(printed()).isEqualTo("Warning: reset; see --retry; trying again in 3 s\n");
  }
}
