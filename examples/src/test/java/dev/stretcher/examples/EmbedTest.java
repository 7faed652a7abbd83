package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.report.StretcherException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbedTest {
  @TempDir Path directory;

  @Test
  void tenLinesDeploy() throws Exception {
    SampleApp app = SampleApp.publish(directory, "hello", "sync_strategy: mv");

    Embed.main(new String[] {app.manifest().toUri().toString()});

    assertThat(app.deployed()).isEqualTo("hello");
  }

  @Test
  void aFailureIsAnExceptionThatNamesTheObject() throws Exception {
    SampleApp app = SampleApp.publish(directory, "hello", "sync_strategy: mv");
    Files.delete(app.archive());

    assertThatThrownBy(() -> Embed.main(new String[] {app.manifest().toUri().toString()}))
        .isInstanceOf(StretcherException.SourceUnavailable.class)
        .hasMessageContaining("app.tar.gz");
    assertThat(app.dest()).doesNotExist();
  }
}
