package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.report.StretcherException;
import dev.stretcher.spi.Content;
import dev.stretcher.spi.FetchRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CustomSourceTest {
  @TempDir Path directory;

  @Test
  void aJarDeploysWhatItCarries() throws Exception {
    SampleApp app = SampleApp.publish(directory, "from the jar");
    app.describe("classpath:/app.tar.gz", "sync_strategy: mv");

    try (URLClassLoader jar = jarOf(app)) {
      runWith(jar, "classpath:/app.yml");
    }

    assertThat(app.deployed()).isEqualTo("from the jar");
  }

  @Test
  void aResourceThatIsMissingIsNamedAndNotTriedAgain() throws Exception {
    try (URLClassLoader empty = new URLClassLoader(new URL[0], null)) {
      assertThatThrownBy(() -> runWith(empty, "classpath:/no.yml"))
          .isInstanceOf(StretcherException.SourceUnavailable.class)
          .hasMessageContaining("there is no resource 'no.yml'");
    }
  }

  @Test
  void theLengthOfAResourceIsKnown() throws Exception {
    SampleApp app = SampleApp.publish(directory, "from the jar");

    try (URLClassLoader jar = jarOf(app);
        ClasspathSource source = new ClasspathSource(jar);
        Content content =
            source.open(URI.create("classpath:/app.tar.gz"), FetchRequest.all("test"))) {
      assertThat(content.totalLength()).hasValue(Files.size(app.archive()));
      assertThat(content.body().readAllBytes()).isEqualTo(Files.readAllBytes(app.archive()));
    }
  }

  @Test
  void aMissingResourceIsAMissingFile() throws IOException {
    try (URLClassLoader empty = new URLClassLoader(new URL[0], null);
        ClasspathSource source = new ClasspathSource(empty)) {
      assertThatThrownBy(() -> source.open(URI.create("classpath:/x"), FetchRequest.all("test")))
          .isInstanceOf(NoSuchFileException.class);
    }
  }

  private URLClassLoader jarOf(SampleApp app) throws IOException {
    Path jar = directory.resolve("app.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      for (Path file : new Path[] {app.manifest(), app.archive()}) {
        entries.putNextEntry(new JarEntry(file.getFileName().toString()));
        Files.copy(file, entries);
      }
    }
    return new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
  }

  private static void runWith(ClassLoader loader, String url)
      throws StretcherException, InterruptedException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      CustomSource.main(new String[] {url});
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
