package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.spi.Syncer;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A default strategy that is not there. */
class MissingStrategyTest {
  @TempDir private Path jar;

  @Test
  void itsPlugInMayBeTheOneThatDoesNotLoad() throws IOException {
    Path services = Files.createDirectories(jar.resolve("META-INF/services"));
    Files.writeString(services.resolve(Syncer.class.getName()), "no.such.MineSyncer\n");

    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
      Stretcher.Builder builder =
          Stretcher.builder()
              .options(Options.DEFAULT.with(Settings.SYNC_STRATEGY, "mine"))
              .pluginLoader(loader);

      assertThatThrownBy(builder::build)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll(
              "there is no sync_strategy 'mine'",
              "skipped a plug-in that does not load",
              "no.such.MineSyncer");
    }
  }
}
